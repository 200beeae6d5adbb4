"""Waiting for a condition."""

from __future__ import annotations

import asyncio

from netlab.stage.pulse import Pulse


async def test_a_condition_that_holds_already_is_not_waited_for() -> None:
    assert await Pulse().until(lambda: True, seconds=0)


async def test_a_beat_makes_everybody_look_again() -> None:
    pulse, seen = Pulse(), list[str]()
    waits = [asyncio.create_task(pulse.until(lambda: "news" in seen, seconds=5)) for _ in range(3)]
    await asyncio.sleep(0)
    pulse.beat()  # nothing has changed: they go on waiting
    await asyncio.sleep(0)
    seen.append("news")
    pulse.beat()
    assert await asyncio.gather(*waits) == [True, True, True]


async def test_time_runs_out() -> None:
    assert not await Pulse().until(lambda: False, seconds=0.01)


async def test_what_nobody_beats_for_is_looked_at_now_and_then() -> None:
    looks = iter([False, False, True])
    assert await Pulse().until(lambda: next(looks), seconds=5, look_every=0.001)


async def test_a_cancelled_wait_leaves_nothing_behind() -> None:
    pulse = Pulse()
    wait = asyncio.create_task(pulse.until(lambda: False, seconds=5))
    await asyncio.sleep(0)
    wait.cancel()
    await asyncio.wait([wait])
    pulse.beat()
    assert wait.cancelled()
