"""Waiting for a condition: whoever changes something beats, whoever waits looks again. No polling, no sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from netlab.processes.load import overload


class Pulse:
    """One for a stage: programs, peers and frames beat it; waits are woken by it and look at their condition."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Something happened: every wait looks again."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def until(self, condition: Callable[[], bool], seconds: float, *, look_every: float | None = None) -> bool:
        """Whether the condition came true within so many seconds; more of them where the machine is overloaded.

        `look_every` is for what nobody beats for, the kernel's tables: the condition is looked at that often besides.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds * overload()
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                return False
            await self._next_beat(min(left, look_every) if look_every else left)
        return True

    async def _next_beat(self, seconds: float) -> None:
        beat = asyncio.get_running_loop().create_future()
        self._waiting.add(beat)
        try:
            await asyncio.wait_for(beat, seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(beat)
