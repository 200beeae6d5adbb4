"""What running one checkpoint showed, before it meets the lab's titles and points. Pure, and fit for a pipe."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import dropwhile
from pathlib import Path
from typing import Any

from netlab.checking.verdicts import Answer, CheckpointFailed, CheckpointUnavailable, Verdict
from netlab.errors import UnavailableError, UsageError

TEST_FILES = ("test_checkpoints.py", "test_claims.py")
FRAMES_SHOWN = 4
"""How many of a traceback's last frames tell where one of us went wrong."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with what speaks for it."""

    verdict: Verdict
    expected: str = ""
    got: str = ""
    where: str = ""
    evidence: tuple[str, ...] = ()
    seconds: float = 0.0
    measured: Answer = None
    """What the run of a prediction found; what proves it is the evidence."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Outcome:
        return cls(**{**values, "verdict": Verdict(values["verdict"]), "evidence": tuple(values["evidence"])})


PASSED = Outcome(Verdict.PASSED)


def outcome_of(error: BaseException) -> Outcome:
    """What an exception says that came out of a checkpoint.

    A plain AssertionError is `errored` like any other: a lab that judges a learner says what it expected and got.
    """
    for cause in _inside_out(error):
        match cause:
            case CheckpointFailed():
                return Outcome(Verdict.FAILED, cause.expected, cause.got, cause.where, cause.evidence)
            case CheckpointUnavailable():
                return unavailable(cause.reason, cause.remedy)
            case UnavailableError():
                return unavailable(cause.message, cause.remedy)
            case UsageError():
                return Outcome(Verdict.FAILED, expected="files that can be used", got=str(cause))
    return errored(_last_frames(error))


def disproved(error: AssertionError) -> Outcome:
    """What a guide claims is not so: the assertion that says it. Such a file may be as plain as that."""
    return Outcome(Verdict.FAILED, got=_last_frames(error))


def unavailable(reason: str, remedy: str) -> Outcome:
    """This machine lacks something: why, and how to get it."""
    return Outcome(Verdict.UNAVAILABLE, got=f"{reason} {remedy}".strip())


def errored(got: str) -> Outcome:
    """We went wrong: what is known of it."""
    return Outcome(Verdict.ERRORED, expected="the checkpoint to come to a verdict", got=got)


def _inside_out(error: BaseException) -> Iterator[BaseException]:
    """The exception, or the members of a group of them (a test's TaskGroup), however deep."""
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from _inside_out(member)
    else:
        yield error


def _last_frames(error: BaseException) -> str:
    """From the lab's test file on, where it is on the way."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = list(dropwhile(lambda frame: Path(frame.filename).name not in TEST_FILES, frames)) or frames
    where = "".join(traceback.format_list(inside[-FRAMES_SHOWN:]))
    return where + "".join(traceback.format_exception_only(error)).rstrip()
