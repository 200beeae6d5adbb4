"""The predictions of one check: what waits to be measured, and what the answers come to. Pure.

The lab's test file measures, in a run of the learner's own programs; the answers are from `answers.toml`. A prediction
without an answer is not measured: nobody is told what they were asked to foresee.
"""

from __future__ import annotations

from collections.abc import Mapping

from netlab.checking.outcomes import Outcome, unavailable
from netlab.checking.verdicts import PredictionResult, PredictionVerdict, Verdict
from netlab.courseware.answers import Answers
from netlab.courseware.model import Lab, PredictionModel
from netlab.network.entering import Capability

NOTHING_MEASURED = Outcome(Verdict.ERRORED, got="the measurement returned nothing")
OUT_OF_TIME = Outcome(Verdict.FAILED, got="the whole check ran out of its time")

_PREFIX = "prediction/"


def prediction_key(prediction: str, scene: str = "") -> str:
    """What a measurement is asked for by: `prediction/ID`, and `prediction/ID/SCENE` in a further scene.

    No checkpoint's id has a slash in it.
    """
    return f"{_PREFIX}{prediction}" + (f"/{scene}" if scene else "")


def prediction_of(key: str) -> tuple[str, str] | None:
    """Prediction and scene of such a key; None for a checkpoint's."""
    if not key.startswith(_PREFIX):
        return None
    name, _, scene = key.removeprefix(_PREFIX).partition("/")
    return name, scene


class Forecast:
    """What is answered waits, is taken, is settled; what has no result when the check ends ran out of time."""

    def __init__(self, lab: Lab, answers: Answers, capability: Capability) -> None:
        self._lab = lab
        self._answers = answers
        self._outcomes: dict[str, Outcome] = {}
        answered = [prediction for prediction in lab.predictions if prediction.id in answers.given]
        self._waiting = [one for one in answered if not one.needs_wire or capability.private]
        lack = unavailable(capability.reason, capability.remedy)
        self._outcomes = {one.id: lack for one in answered if one not in self._waiting}

    @property
    def waiting(self) -> int:
        """How many are still to be handed out."""
        return len(self._waiting)

    def take(self) -> PredictionModel | None:
        """The next one to measure."""
        return self._waiting.pop(0) if self._waiting else None

    def settle(self, prediction: PredictionModel, outcome: Outcome) -> None:
        """Notes what measuring it came to."""
        self._outcomes[prediction.id] = outcome

    def results(self) -> tuple[PredictionResult, ...]:
        """All of them, in the lab's order."""
        return tuple(_result(one, self._answers, self._outcomes) for one in self._lab.predictions)


def _result(prediction: PredictionModel, answers: Answers, outcomes: Mapping[str, Outcome]) -> PredictionResult:
    answer = answers.given.get(prediction.id)
    outcome = _measurement(outcomes.get(prediction.id, OUT_OF_TIME))
    verdict, why = PredictionVerdict.UNANSWERED, "" if answer is None else _why(outcome)
    if answer is not None and outcome.verdict is Verdict.PASSED:
        verdict = PredictionVerdict.RIGHT if answer == outcome.measured else PredictionVerdict.WRONG
    return PredictionResult(
        id=prediction.id,
        verdict=verdict,
        answer=answer,
        measured=outcome.measured if answer is not None else None,
        evidence=outcome.evidence if answer is not None else (),
        why=why,
        question=prediction.question,
        question_zh=prediction.question_zh,
    )


def _why(outcome: Outcome) -> str:
    expected = f"expected {outcome.expected}; got " if outcome.verdict is Verdict.FAILED and outcome.expected else ""
    return expected + outcome.got


def _measurement(outcome: Outcome) -> Outcome:
    return NOTHING_MEASURED if outcome.verdict is Verdict.PASSED and outcome.measured is None else outcome
