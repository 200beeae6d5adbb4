"""Work in the background does not fail in silence, whoever keeps the task."""

from __future__ import annotations

import asyncio
from typing import Any

from netlab.tasks import begin


async def heard(doing: Any) -> list[object]:
    """What the loop's exception handler hears of a task that is kept until its end."""
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: told.append(about["exception"]))
    task = begin(doing)
    await asyncio.wait([task])
    await asyncio.sleep(0)  # what is called when it is done
    assert task.done()
    return told


async def test_a_task_that_fails_is_heard_of_as_it_ends() -> None:
    async def fails() -> None:
        raise ZeroDivisionError("nobody awaits this")

    assert [str(error) for error in await heard(fails())] == ["nobody awaits this"]


async def test_a_task_that_ends_well_or_is_cancelled_is_not() -> None:
    async def leaves() -> None:
        raise asyncio.CancelledError

    async def ends() -> int:
        return 3

    assert await heard(leaves()) == []
    assert await heard(ends()) == []
