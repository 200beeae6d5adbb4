"""A check's results as text for a terminal. Pure: strings out, nobody prints here.

Whatever came from a learner's program stays text: its control characters are escaped, so that no terminal obeys them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, assert_never

from netlab.checking.difference import escaped
from netlab.checking.verdicts import CheckpointResult, LabReport, PredictionResult, PredictionVerdict, Verdict
from netlab.record.cells import pad
from netlab.record.cells import width as cells

Language = Literal["en", "zh"]

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "passed": "ok", "failed": "FAILED", "errored": "ERROR", "blocked": "blocked", "unavailable": "unavailable",
        "expected": "expected", "got": "got", "where": "where", "evidence": "evidence", "hint": "hint",
        "why": "why", "count": "{passed} of {all} passed, {earned} of {possible} points",
        "loopback": "on the loopback: what needs the wire was not judged",
        "predictions": "predictions", "right": "right", "wrong": "wrong", "unanswered": "unanswered",
        "compared": "you said {answer}, this run measured {measured}", "unmeasured": "you said {answer}; not measured",
    },
    "zh": {
        "passed": "通过", "failed": "未通过", "errored": "出错", "blocked": "受阻", "unavailable": "不可用",
        "expected": "期望", "got": "实际", "where": "位置", "evidence": "证据", "hint": "提示",
        "why": "原因", "count": "{all} 项通过 {passed} 项，{possible} 分得 {earned} 分",
        "loopback": "在回环接口上运行：需要网线的检查点未作判断",
        "predictions": "预测", "right": "猜对", "wrong": "猜错", "unanswered": "未回答",
        "compared": "你的回答是 {answer}，这次运行测得 {measured}", "unmeasured": "你的回答是 {answer}；这次没有测到",
    },
}  # fmt: skip


def live_line(result: CheckpointResult, language: Language = "en", *, width: int = 0) -> str:
    """One checkpoint's verdict in a line; `width` cells for its id line several up."""
    words = WORDS[language]
    widest = max(cells(words[verdict]) for verdict in Verdict)
    seconds = f"  {result.seconds:.1f} s" if result.seconds else ""
    verdict, title = pad(words[result.verdict], widest), result.text("title", language)
    return f"{verdict}  {pad(result.id, max(width, cells(result.id)))}  {title}{seconds}"


def told(result: CheckpointResult, language: str = "en") -> dict[str, str]:
    """All that speaks for a verdict, by its name in WORDS; of one that passed what it showed, mostly nothing."""
    match result.verdict:
        case Verdict.PASSED:
            fields = {"got": result.got}
        case Verdict.BLOCKED | Verdict.UNAVAILABLE:
            fields = {"why": result.got}
        case Verdict.FAILED | Verdict.ERRORED:
            fields = {"expected": result.expected, "got": result.got, "where": result.where}
            fields |= {"evidence": ", ".join(result.evidence), "hint": result.text("hint", language)}
        case _:
            assert_never(result.verdict)
    return {name: value for name, value in fields.items() if value}


def details(result: CheckpointResult, language: Language = "en") -> str:
    """The same as several lines."""
    words = WORDS[language]
    width = max(cells(words[name]) for name in ("expected", "got", "where", "evidence", "hint", "why"))
    return "\n".join(_field(pad(words[name], width), value) for name, value in told(result, language).items())


def summary(report: LabReport, language: Language = "en") -> str:
    """The count, which is the last line; before it, where there was no wire, a line that says so."""
    words = WORDS[language]
    count = words["count"].format(
        passed=sum(result.verdict is Verdict.PASSED for result in report.checkpoints),
        all=len(report.checkpoints),
        earned=report.earned,
        possible=report.possible,
    )
    return f"{words['loopback']}\n{count}" if report.network == "loopback" else count


def predictions(report: LabReport, language: Language = "en") -> list[str]:
    """A line for each prediction, after a heading: the question, or what was answered, measured, and proves it.

    What in answers.toml could not be used comes last.
    """
    words = WORDS[language]
    widths = max(cells(words[verdict]) for verdict in PredictionVerdict), id_width(p.id for p in report.predictions)
    lines = [f"{pad(words[p.verdict], widths[0])}  {pad(p.id, widths[1])}  {_said(p, language)}"
             for p in report.predictions]  # fmt: skip
    lines += [clean(report.answers_problem)] if report.answers_problem else []
    return ["", words["predictions"], *lines] if lines else []


def _said(prediction: PredictionResult, language: Language) -> str:
    if prediction.answer is None:
        return prediction.text("question", language)
    key = "compared" if prediction.measured is not None else "unmeasured"
    said = WORDS[language][key].format(answer=prediction.answer, measured=prediction.measured)
    said += f" ({clean(', '.join(prediction.evidence))})" if prediction.evidence else ""
    return f"{said}: {clean(prediction.why)}" if prediction.why else said


def text(report: LabReport, language: Language = "en") -> str:
    """The whole report: a line for each checkpoint, what speaks for each that did not pass, the count."""
    width = id_width(result.id for result in report.checkpoints)
    lines = [live_line(result, language, width=width) for result in report.checkpoints]
    lines += [*failures(report.checkpoints, language), *predictions(report, language)]
    return "\n".join([*lines, "", summary(report, language)])


def failures(results: Sequence[CheckpointResult], language: Language = "en") -> list[str]:
    """A block for each checkpoint that did not pass or has something to show, an empty line before each."""
    return [f"\n{live_line(one, language)}\n{details(one, language)}" for one in results if tells(one)]


def tells(result: CheckpointResult) -> bool:
    """Whether there is more to say of it than its line."""
    return result.verdict is not Verdict.PASSED or bool(told(result))


def clean(value: str) -> str:
    """The text with every control character but the newline escaped."""
    return "".join(c if c == "\n" or c.isprintable() else escaped(c) for c in value)


def id_width(ids: Iterable[str]) -> int:
    """The cells that the longest id takes."""
    return max(map(cells, ids), default=0)


def _field(name: str, value: str) -> str:
    """A named value; further lines of it stand below its first, so that a mark stays under what it marks."""
    first, *further = clean(value).splitlines() or [""]
    margin = " " * (4 + cells(name) + 2)
    return "\n".join([f"    {name}  {first}", *(margin + line for line in further)])
