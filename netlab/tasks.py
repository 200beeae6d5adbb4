"""Work in the background of the event loop, whose failure somebody hears of."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def begin(doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """A task that tells the loop's exception handler when it fails.

    asyncio does so when a failed task is thrown away that nobody awaited: never, of one that is kept.
    """
    task = asyncio.create_task(doing)
    task.add_done_callback(_tell_failure)
    return task


def _tell_failure(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        about = {"message": f"a task failed: {task.get_name()}", "exception": error, "task": task}
        task.get_loop().call_exception_handler(about)
