"""Sets of programs that a lab comes with: solution, starter, and folders whose files lie over the solution's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHOLE = ("solution", "starter")
"""These stand alone; `right/NAME` and `wrong/NAME` lie over the solution."""


def lay_over(solution: Path, folder: Path, destination: Path) -> Path:
    """Makes the destination: the solution with this folder's files over it."""
    shutil.copytree(solution, destination)
    shutil.copytree(folder, destination, dirs_exist_ok=True)
    return destination


@contextmanager
def copied(lab: Path, programs: str) -> Iterator[Path]:
    """A copy of a lab's programs, by name, for as long as the context lasts: runs may write into it."""
    with tempfile.TemporaryDirectory(prefix="netlab-programs-") as space:
        place = Path(space) / "programs"
        base = programs if programs in WHOLE else "solution"
        yield lay_over(lab / base, lab / programs, place)
