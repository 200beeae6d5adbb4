"""Waits for the end of a process on the running loop: a pidfd becomes readable, no thread and no signal handler.

See pidfd_open(2). Where there is none (macOS) the process table is asked every 20 ms.
"""

from __future__ import annotations

import asyncio
import os
import sys

_POLL_SECONDS = 0.02


async def process_ended(pid: int) -> None:
    """Return when the child `pid` has ended. It is not reaped; where there is no pidfd it may still be running."""
    if sys.platform != "linux":
        await asyncio.sleep(_POLL_SECONDS)
        return
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        await readable(descriptor)
    finally:
        os.close(descriptor)


async def readable(descriptor: int) -> None:
    """Return when a read of the descriptor would not block. One waiter per descriptor."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(descriptor, _resolve, ready)
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
