"""Remembers what is running, and ends it when the interpreter exits, whatever the way out was.

This is the net under everybody's own clean-up: nothing may rely on it in the ordinary course of things.
"""

from __future__ import annotations

import atexit
import os
from typing import Protocol


class Endable(Protocol):
    """Something that can be ended without a loop."""

    def end_now(self) -> None:
        """End it at once and wait until it has ended."""


_owner = os.getpid()
_running: dict[int, Endable] = {}


def remember(process: Endable) -> None:
    """End this at interpreter exit."""
    _running[id(process)] = process


def forget(process: Endable) -> None:
    """It has ended."""
    _running.pop(id(process), None)


def running() -> tuple[Endable, ...]:
    """What has been started and is not known to have ended."""
    return tuple(_running.values())


@atexit.register
def end_all() -> None:
    """End whatever still runs; a forked child of netlab leaves its parent's processes alone."""
    if os.getpid() != _owner:
        return
    for process in running():
        process.end_now()
