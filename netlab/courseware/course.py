"""The course: all labs of a folder, found by id, number or folder name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netlab.courseware.heads import LabHead, load_head
from netlab.courseware.naming import suggestion
from netlab.errors import UnavailableError, UsageError

if TYPE_CHECKING:
    from netlab.courseware.model import Lab


@dataclass(frozen=True, slots=True)
class Course:
    """The labs of a course, by number."""

    folder: Path
    heads: tuple[LabHead, ...]

    def find(self, name: str) -> Lab:
        """The whole lab. Raises UsageError, with the nearest ids, where there is none, and BrokenLabError."""
        from netlab.courseware.loading import load_lab  # the list of labs does without

        return load_lab(self.find_head(name).path)

    def find_head(self, name: str) -> LabHead:
        """By id (`chat-server`), number (`2`, `02`), folder name, or the path of a lab's folder, with a slash in it."""
        if "/" in name:
            return _head_at(Path(name))
        for head in self.heads:
            if name in (head.id, head.folder_name) or (name.isdecimal() and int(name) == head.number):
                return head
        raise UsageError(f'There is no lab "{name}".', suggestion(name, [head.id for head in self.heads]))


def load_course(folder: Path | None = None) -> Course:
    """The labs in that folder, or those that come with netlab. Only their heads are read."""
    labs = folder or find_labs_folder()
    heads = [load_head(path.parent) for path in labs.glob("*/lab.toml")]
    return Course(labs, tuple(sorted(heads, key=lambda head: (head.number, head.id))))


def find_labs_folder() -> Path:
    """`netlab/_labs` of an installed wheel, or `labs/` beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_labs", package.parent / "labs"):
        if folder.is_dir():
            return folder
    raise UnavailableError("This netlab was installed without its labs.", "Install the wheel again.")


def _head_at(path: Path) -> LabHead:
    if not (path / "lab.toml").is_file():
        raise UsageError(f"There is no lab in {path}: it has no lab.toml.")
    return load_head(path.resolve())
