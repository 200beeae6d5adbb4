"""A check as it is told in a plain terminal: a line at each verdict, then every failure in full, the count last."""

from __future__ import annotations

from typing import cast

from netlab.checking.reports import WORDS, Language, failures, id_width, live_line, predictions, summary, tells
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict
from netlab.cli.output import Style, emit, paint
from netlab.courseware.model import Lab

_STYLES: dict[Verdict, Style] = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.ERRORED: "red",
    Verdict.BLOCKED: "yellow",
    Verdict.UNAVAILABLE: "yellow",
}


class Teller:
    """Tells one check of one lab."""

    def __init__(self, lab: Lab, language: str) -> None:
        self._lab = lab
        self._language = cast(Language, language)
        self._width = id_width(checkpoint.id for checkpoint in lab.checkpoints)

    def begin(self, folder: str) -> None:
        """Which lab, and whose programs."""
        emit(f"{paint(self._lab.id, 'bold')}  {self._lab.text('title', self._language)}  {paint(folder, 'dim')}")

    def result(self, result: CheckpointResult) -> None:
        """One verdict, as it comes."""
        emit(self._coloured(live_line(result, self._language, width=self._width), result.verdict))

    def end(self, report: LabReport) -> None:
        """What did not pass, in full, the predictions, and the count."""
        telling = [result for result in report.checkpoints if tells(result)]
        for result, block in zip(telling, failures(telling, self._language), strict=True):
            emit(self._coloured(block, result.verdict))
        for line in predictions(report, self._language):
            emit(line)
        *before, count = summary(report, self._language).splitlines()
        emit("\n".join(["", *before]))
        emit(paint(count, "bold", "green" if report.passed else "yellow"))

    def _coloured(self, text: str, verdict: Verdict) -> str:
        word = WORDS[self._language][verdict]
        return text.replace(word, paint(word, _STYLES[verdict]), 1)
