"""What happened to a session, as plain facts in the past tense. Rare things only: floods are read as snapshots."""

from __future__ import annotations

from dataclasses import dataclass

from netlab.checking.verdicts import CheckpointResult, LabReport


@dataclass(frozen=True, slots=True)
class SceneStarted:
    """Fresh hosts are up, and a scene began to play on them."""

    scene: str
    """Its id; empty for the run by hand."""


@dataclass(frozen=True, slots=True)
class SceneFinished:
    """The scene's steps are done. Its programs may live on."""

    scene: str
    failure: str = ""
    """Why it stopped before its last step, in one line; empty where it did not."""


@dataclass(frozen=True, slots=True)
class RunStopped:
    """Every program of the run was ended, and its hosts are gone. The record stays."""


@dataclass(frozen=True, slots=True)
class RecordOpened:
    """A saved record took the place of the last run's: nothing of it runs."""


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """A program was started, the first time or again."""

    program: str


@dataclass(frozen=True, slots=True)
class ProgramExited:
    """A program ended."""

    program: str
    code: int
    """Exit code; minus the signal's number where a signal ended it."""


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """Checkpoints are being judged, those of the files as they are on disk now."""


@dataclass(frozen=True, slots=True)
class CheckpointJudged:
    """One checkpoint has its verdict."""

    result: CheckpointResult


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """All of them have."""

    report: LabReport


@dataclass(frozen=True, slots=True)
class CheckBroke:
    """The check itself could not be made; that is nobody's verdict."""

    message: str


@dataclass(frozen=True, slots=True)
class FilesWritten:
    """Files of the folder were written, here or by somebody else, and have settled."""

    names: frozenset[str]


Fact = (
    SceneStarted
    | SceneFinished
    | RunStopped
    | RecordOpened
    | ProgramStarted
    | ProgramExited
    | CheckStarted
    | CheckpointJudged
    | CheckFinished
    | CheckBroke
    | FilesWritten
)
