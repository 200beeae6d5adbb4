"""Folders for what is written down while something goes on. They go with it, or at the next start at the latest."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_PREFIX = "netlab-run-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder, gone when the context ends."""
    folder = make_scratch()
    try:
        yield folder
    finally:
        remove_scratch(folder)


def make_scratch() -> Path:
    """A new folder, named after this process so that a later one can tell whether it was left behind."""
    _remove_leftovers_once()
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def remove_scratch(folder: Path) -> None:
    """Remove it, whatever is in it. Harmless twice."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers() -> None:
    """Remove the folders of processes that are no more: those of a netlab that was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            remove_scratch(folder)


_remove_leftovers_once = cache(remove_leftovers)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, and so is the folder
        return True
    return True
