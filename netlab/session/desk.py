"""The learner's desk: the course, what was passed of it, where the folders are, and the way to a session on one lab."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netlab.courseware.course import Course
from netlab.courseware.folders import near, work_folder
from netlab.courseware.heads import LabHead
from netlab.progress.store import Progress
from netlab.session.settings import Settings

if TYPE_CHECKING:
    from netlab.network.entering import Capability
    from netlab.session.session import LabSession


@dataclass(frozen=True, slots=True)
class LabRow:
    """One lab as the course shows it."""

    head: LabHead
    passed: int
    """Scored checkpoints that ever passed."""
    total: int
    """Scored checkpoints that there are."""
    started: bool
    folder: Path
    laid_out: bool
    """Whether that folder is there."""

    @property
    def done(self) -> bool:
        return 0 < self.total == self.passed


class Desk:
    """Everything that outlives one lab."""

    def __init__(
        self,
        course: Course,
        progress: Progress,
        data: Path,
        directory: Path | None = None,
        capability: Capability | None = None,
    ) -> None:
        self.course = course
        self.progress = progress
        self._data = data
        self._directory = directory
        self._capability = capability
        self.settings = Settings(data)

    def rows(self) -> list[LabRow]:
        """The course, by number, with the progress as it is now."""
        passed = self.progress.passed_everywhere()
        return [self._row(head, passed) for head in self.course.heads]

    def folder_of(self, head: LabHead) -> Path:
        """The folder asked for, else the one the learner last used, if it is still there, else the usual one."""
        remembered = self.progress.folder(head.id)
        if self._directory is None and remembered is not None and remembered.is_dir():
            return remembered
        return work_folder(head, self._directory)

    def folder_shown(self, row: LabRow) -> str:
        """The folder as one would type it."""
        return near(row.folder)

    def session(self, lab: str) -> LabSession:
        """A session on that lab, not opened yet. Raises UsageError, BrokenLabError."""
        from netlab.session.session import LabSession  # the course alone is shown without it

        head = self.course.find_head(lab)
        return LabSession(self.course.find(lab), self.folder_of(head), self.progress, self._data, self.capability)

    def after(self, lab: str) -> LabHead | None:
        """The lab that follows in the course."""
        heads = self.course.heads
        at = next((n for n, head in enumerate(heads) if head.id == lab), len(heads))
        return heads[at + 1] if at + 1 < len(heads) else None

    def capability(self) -> Capability:
        """What this machine gives: tried once, some 10 ms."""
        if self._capability is None:
            from netlab.network.entering import probe  # not before the first paint

            self._capability = probe()
        return self._capability

    def _row(self, head: LabHead, passed: dict[str, frozenset[str]]) -> LabRow:
        folder = self.folder_of(head)
        mine = len(passed.get(head.id, frozenset()) & set(head.scored))
        return LabRow(head, mine, len(head.scored), head.id in passed, folder, folder.is_dir())
