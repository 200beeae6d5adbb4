"""The learner's folder of a lab: where it is, laying out the starter, starting over. It loses nothing of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from netlab.courseware.heads import LabHead
from netlab.errors import UsageError

if TYPE_CHECKING:
    from netlab.courseware.model import Lab

WORK = "netlab-work"
"""Holds the learner's folders, beside wherever netlab was started."""


def work_folder(lab: Lab | LabHead, directory: Path | None = None) -> Path:
    """`directory`, or `./netlab-work/NN-id`; absolute. It need not exist."""
    return (directory or Path(WORK) / lab.folder_name).absolute()


def existing_folder(lab: Lab | LabHead, directory: Path | None = None) -> Path:
    """The learner's folder. Raises UsageError where there is none."""
    folder = work_folder(lab, directory)
    if folder.is_dir():
        return folder
    if folder.exists():
        raise UsageError(f"{near(folder)} is a file, not a folder.")
    raise UsageError(f"There is no folder {near(folder)}.", f"Lay it out: {start_command(lab, directory)}")


def start_command(lab: Lab | LabHead, directory: Path | None = None) -> str:
    """What to type to get the folder."""
    return f"netlab start {lab.id}" + (f" --dir {directory}" if directory else "")


def near(path: Path) -> str:
    """The path as one would type it here: relative where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def lay_out(lab: Lab, folder: Path) -> list[Path]:
    """Copies the starter into the folder and returns the files, in order. Other files there stay as they are.

    Raises UsageError, before anything is written, where a file of the starter is already there; and where the folder
    cannot be written.
    """
    files = files_of(lab.starter_folder)
    _check_free(lab, folder, files)
    with written_in(folder):
        for file in files:
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as new:
                new.write((lab.starter_folder / file).read_bytes())
    return [folder / file for file in files]


@contextmanager
def written_in(folder: Path) -> Iterator[None]:
    """What cannot be written in there is a UsageError, which says why: no room, no permission, a file in the way."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            f"{near(folder)} cannot be written: {reason}.", "Start netlab in a place of your own."
        ) from error


def _check_free(lab: Lab, folder: Path, files: list[Path]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{near(folder)} is a file, not a folder.", "Give another --dir.")
    taken = [str(file) for file in files if (folder / file).exists() or (folder / file).is_symlink()]
    if taken:
        raise UsageError(
            f"{near(folder)} already has {' and '.join(taken)}; nothing was changed.",
            f"Go on there, or start over: netlab reset {lab.id}{_dir_option(lab, folder)}",
        )


def _dir_option(lab: Lab, folder: Path) -> str:
    return "" if folder == work_folder(lab) else f" --dir {near(folder)}"


def start_over(lab: Lab, folder: Path, now: datetime | None = None) -> Path:
    """Moves what the folder holds into a new folder beside it, lays out the starter, and returns that new folder.

    What begins with a dot (`.git`, `.venv`) stays. The folder itself stays the same one, so that a shell or an editor
    that is in it sees the new files.
    """
    kept = _free_name(folder, now or datetime.now().astimezone())
    with written_in(folder):
        kept.mkdir(parents=True)
        for entry in sorted(folder.iterdir()):
            if not entry.name.startswith("."):
                entry.rename(kept / entry.name)
    lay_out(lab, folder)
    return kept


def _free_name(folder: Path, now: datetime) -> Path:
    first = folder.with_name(f"{folder.name}.before-reset-{now:%Y%m%d-%H%M%S}")
    kept, n = first, 2
    while kept.exists():
        kept, n = first.with_name(f"{first.name}-{n}"), n + 1
    return kept


def files_of(folder: Path) -> list[Path]:
    """The files below a folder, relative to it, sorted; compiled Python left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path.relative_to(folder) for path in files)
