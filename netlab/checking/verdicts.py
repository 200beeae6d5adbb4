"""What checkpoints and predictions come to, the report of a check, and its exit code.

Pure: no clock, no process, no pytest. The JSON object is the one that design.md fixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from netlab.courseware.bilingual import Bilingual

SCHEMA = 1
"""The version of the JSON object that `netlab check --json` prints."""

NetworkKind = Literal["private", "loopback"]


class Verdict(StrEnum):
    """What a checkpoint comes to. Closed: whoever matches on it ends with `assert_never`."""

    PASSED = "passed"
    FAILED = "failed"  # the learner's
    ERRORED = "errored"  # ours: the lab's or netlab's
    BLOCKED = "blocked"  # not run, because its prerequisite did not pass
    UNAVAILABLE = "unavailable"  # this machine lacks something


class PredictionVerdict(StrEnum):
    """What an answer comes to, against what the run measured."""

    RIGHT = "right"
    WRONG = "wrong"
    UNANSWERED = "unanswered"  # there is no answer, or nothing was measured to hold it against


class CheckpointFailed(Exception):
    """Raised by a lab's test: the learner's programs did not do what the checkpoint asks."""

    def __init__(self, expected: str, got: str, where: str = "", evidence: Sequence[str] = ()) -> None:
        super().__init__(f"expected {expected}; got {got}")
        self.expected = expected
        self.got = got
        self.where = where
        """The learner's own file and line (`server.py:18`), or a frame; empty where nothing shows it."""
        self.evidence = tuple(evidence)


class CheckpointUnavailable(Exception):
    """Raised where this machine lacks what the checkpoint needs."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".rstrip())
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class CheckpointResult(Bilingual):
    """One checkpoint's verdict, with everything that speaks for it."""

    id: str
    title: str
    title_zh: str
    verdict: Verdict
    expected: str = ""
    got: str = ""
    where: str = ""
    evidence: tuple[str, ...] = ()
    hint: str = ""
    """Only where the checkpoint did not pass."""
    hint_zh: str = ""
    points: int = 1
    scored: bool = True
    """Shown only, where not: it counts for no points and for no exit code but an `errored` one's."""
    seconds: float = 0.0
    out_of_time: bool = False
    """The whole check ended before this checkpoint did."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "verdict": self.verdict.value,
            "expected": self.expected,
            "got": self.got,
            "where": self.where,
            "evidence": list(self.evidence),
            "hint": self.hint,
            "points": self.points if self.scored else 0,
            "seconds": round(self.seconds, 3),
        }


Answer = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class PredictionResult(Bilingual):
    """What the learner predicted, and what their run measured."""

    id: str
    verdict: PredictionVerdict
    answer: Answer = None
    measured: Answer = None
    why: str = ""
    """Why it was not judged, where there is more to say than that no answer was given."""
    question: str = ""
    question_zh: str = ""
    evidence: tuple[str, ...] = ()
    """What proves it, in the record of the run that measured it: `frame 4`. The JSON object is fixed without it."""

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "verdict": self.verdict.value, "answer": self.answer, "measured": self.measured}


@dataclass(frozen=True, slots=True)
class Versions:
    """What took part in a check."""

    netlab: str
    lab: str
    python: str
    """Version of the Python that ran the programs."""
    executable: str
    """Its path."""


@dataclass(frozen=True, slots=True)
class LabReport:
    """What one check of one lab came to."""

    lab: str
    network: NetworkKind
    versions: Versions
    checkpoints: tuple[CheckpointResult, ...]
    """In the lab's order."""
    seconds: float = 0.0
    predictions: tuple[PredictionResult, ...] = ()
    answers_problem: str = ""
    """What in answers.toml could not be used, in one line."""
    unreported: tuple[CheckpointResult, ...] = ()
    """Prerequisites that ran for an `--only`: they count for the exit code and are not shown."""

    @property
    def passed(self) -> bool:
        """Every scored checkpoint passed."""
        return all(result.verdict is Verdict.PASSED for result in self.checkpoints if result.scored)

    @property
    def earned(self) -> int:
        """Points of the scored checkpoints that passed."""
        return sum(r.points for r in self.checkpoints if r.scored and r.verdict is Verdict.PASSED)

    @property
    def possible(self) -> int:
        """Points of all scored checkpoints of this report."""
        return sum(result.points for result in self.checkpoints if result.scored)

    @property
    def judged_predictions(self) -> tuple[PredictionResult, ...]:
        """Those that an answer and a measurement were there for."""
        return tuple(one for one in self.predictions if one.verdict is not PredictionVerdict.UNANSWERED)

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "lab": self.lab,
            "passed": self.passed,
            "network": self.network,
            "seconds": round(self.seconds, 3),
            "score": {"earned": self.earned, "possible": self.possible},
            "checkpoints": [result.as_json() for result in self.checkpoints],
            "predictions": [prediction.as_json() for prediction in self.predictions],
            "versions": {"netlab": self.versions.netlab, "lab": self.versions.lab},
            "python": {"version": self.versions.python, "executable": self.versions.executable},
        }


def exit_code(reports: Iterable[LabReport]) -> int:
    """The first that applies: 2 ours, 1 a scored checkpoint failed, 4 out of time, 3 unavailable, else 0.

    A scored checkpoint that is blocked did not pass because another failed, and counts as that one does.
    """
    results = [result for report in reports for result in (*report.checkpoints, *report.unreported)]
    if any(result.verdict is Verdict.ERRORED for result in results):
        return 2
    scored = [result for result in results if result.scored]
    if any(r.verdict in (Verdict.FAILED, Verdict.BLOCKED) and not r.out_of_time for r in scored):
        return 1
    if any(result.out_of_time for result in results):
        return 4
    return 3 if any(result.verdict is Verdict.UNAVAILABLE for result in scored) else 0
