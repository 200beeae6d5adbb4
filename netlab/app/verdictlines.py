"""Lines of the checkpoints' pane: a checkpoint or a prediction in one line, and what it opens on. Pure."""

from __future__ import annotations

from textual.content import Content

from netlab.app.drawing import clean, fit, wrap
from netlab.app.reasons import reasons
from netlab.app.texts import language, t
from netlab.checking.verdicts import CheckpointResult, PredictionResult, PredictionVerdict, Verdict
from netlab.courseware.answers import Answer
from netlab.courseware.model import CheckpointModel, PredictionKind, PredictionModel

MARKS = {
    Verdict.PASSED: ("\u2713", "$text-success"),
    Verdict.FAILED: ("\u2717", "$text-error"),
    Verdict.ERRORED: ("!", "$text-warning"),
    Verdict.BLOCKED: ("-", "$foreground-muted"),
    Verdict.UNAVAILABLE: ("?", "$text-warning"),
}
"""A sign and a colour for each verdict: the sign alone must do."""

_PREDICTED = {
    PredictionVerdict.RIGHT: ("\u2713", "$text-success"),
    PredictionVerdict.WRONG: ("\u2717", "$text-error"),
    PredictionVerdict.UNANSWERED: ("?", "$foreground-muted"),
}

WIDE = 64
"""From how many cells on a line holds the checkpoint's title beside its id."""

WORD = 13
"""Cells of the longest verdict in words, with a blank on either side."""


def checkpoint(
    model: CheckpointModel, result: CheckpointResult | None, width: int, *, waiting: bool, before: bool
) -> Content:
    """One line. `before`: it passed in an earlier session, and is ticked, quietly."""
    mark, word, style = _standing(result, waiting, before)
    name = model.id if width < WIDE else f"{fit(model.id, 18)} {model.text('title', language())}"
    return _line(mark, name, word, style, width)


def opened_checkpoint(model: CheckpointModel, result: CheckpointResult | None, width: int) -> list[Content]:
    """What the line opens on, indented below it."""
    title = [Content(f"   {line}") for line in wrap(model.text("title", language()), width - 4)] if width < WIDE else []
    return [*title, *(reasons(result, width) if result else []), Content("")]


def predictions_head(width: int) -> Content:
    """The line between the checkpoints and the predictions."""
    return Content.styled(fit(f" {t('predictions')}", width), "bold $foreground-muted")


def prediction(model: PredictionModel, answer: Answer | None, result: PredictionResult | None, width: int) -> Content:
    """One line: right, wrong, answered and waiting for a run, or not answered."""
    if result is not None and answer is not None and result.verdict is not PredictionVerdict.UNANSWERED:
        mark, style = _PREDICTED[result.verdict]
        return _line(mark, model.id, t(result.verdict.value), style, width)
    word = t("answered" if answer is not None else "unanswered")
    return _line("." if answer is not None else "?", model.id, word, "$foreground-muted", width)


def opened_prediction(
    model: PredictionModel, answer: Answer | None, result: PredictionResult | None, width: int
) -> list[Content]:
    """The question, the answer, and what a run of the learner's own programs measured."""
    lines = [Content(f"   {line}") for line in wrap(clean(model.text("question", language())), width - 4)]
    measured = result.measured if result is not None and answer is not None else None
    for name, value, style in (
        ("your-answer", answer_text(model, answer), "$text-accent"),
        ("measured", answer_text(model, measured), "$text-success"),
        ("evidence", ", ".join(result.evidence) if result is not None else "", ""),
        ("why-unjudged", result.why if result is not None else "", "$text-warning"),
    ):
        if value:
            lines.append(Content.assemble((f"   {t(name)}", "$foreground-muted")))
            lines += [Content.assemble((f"     {line}", style)) for line in wrap(clean(value), width - 6)]
    if answer is None:
        lines += [Content.assemble((f"   {line}", "$foreground-muted")) for line in wrap(t("predict-enter"), width - 4)]
    return [*lines, Content("")]


def answer_text(model: PredictionModel, answer: Answer | bool | None) -> str:
    """An answer as people read it, in the language in force."""
    if answer is None:
        return ""
    if model.kind is PredictionKind.YES_NO:
        return t("yes" if answer in ("yes", True) else "no")
    labels = dict(zip(model.choices, model.choice_labels(language()), strict=False))
    return labels.get(str(answer), str(answer))


def _line(mark: str, name: str, word: str, style: str, width: int) -> Content:
    return Content.assemble((f" {mark} ", style), fit(name, width - 3 - WORD), (fit(f" {word}", WORD), style))


def _standing(result: CheckpointResult | None, waiting: bool, before: bool) -> tuple[str, str, str]:
    if waiting:
        return ".", "", "$foreground-muted"
    if result is not None:
        mark, style = MARKS[result.verdict]
        return mark, t(result.verdict.value), style
    return ("\u2713", "", "$text-success") if before else (" ", "", "$foreground-muted")
