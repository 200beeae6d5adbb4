"""A folder for what a run writes down while it goes on. It goes with the run, or at the next start at the latest."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "netlab-run-"


def make_scratch() -> Path:
    """A new folder, named after this process so that a later one can tell whether it was left behind."""
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


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, and so is the folder
        return True
    return True
