"""What the learner predicts: the questions of a lab, and their answers in `answers.toml` in the learner's folder.

A question is asked before the run that answers it, and may be passed over: then it is not asked again in this session.
"""

from __future__ import annotations

from netlab.courseware.answers import FILE, Answer, as_answer, load_answers, with_answer
from netlab.courseware.model import Lab, PredictionKind, PredictionModel
from netlab.errors import UsageError
from netlab.session.folder import WorkFolder


class Predictions:
    """The questions of one lab, and what the folder holds of answers."""

    def __init__(self, lab: Lab, files: WorkFolder) -> None:
        self._lab = lab
        self._files = files
        self._passed_over: set[str] = set()

    @property
    def given(self) -> dict[str, Answer]:
        """The answers as they are on disk now."""
        return dict(load_answers(self._lab, self._files.path).given)

    def to_ask(self) -> list[PredictionModel]:
        """The questions that have no answer, and were not passed over."""
        given = self.given
        return [one for one in self._lab.predictions if one.id not in given and one.id not in self._passed_over]

    def pass_over(self, prediction: str) -> None:
        """The learner does not want to answer now."""
        self._passed_over.add(prediction)

    def answer(self, prediction: PredictionModel, text: str) -> None:
        """Writes an answer down. Raises UsageError where it is none to that question, or cannot be written."""
        answer = as_answer(prediction, _value(prediction, text))
        if answer is None:
            raise UsageError(f'"{text}" does not answer this question.')
        self._files.rewrite(FILE, with_answer(self._files.text_now(FILE) or "", prediction, answer))


def _value(prediction: PredictionModel, text: str) -> object:
    if prediction.kind is not PredictionKind.NUMBER:
        return text
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text
