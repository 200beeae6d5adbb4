"""The checkpoints: a line each, the one under the cursor opened on what it asks, expected, got, where, and its hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from netlab.app.drawing import clean_lines, fit, wrap
from netlab.app.keys import bindings
from netlab.app.messages import PlaceChosen
from netlab.app.places import place_in
from netlab.app.texts import language, t
from netlab.app.widgets.pane import Pane
from netlab.checking.verdicts import CheckpointResult, Verdict
from netlab.courseware.model import CheckpointModel, Lab

MARKS = {
    Verdict.PASSED: ("\u2713", "$text-success"),
    Verdict.FAILED: ("\u2717", "$text-error"),
    Verdict.ERRORED: ("!", "$text-warning"),
    Verdict.BLOCKED: ("-", "$foreground-muted"),
    Verdict.UNAVAILABLE: ("?", "$text-warning"),
}
"""A sign and a colour for each verdict: the sign alone must do."""

WIDE = 64
"""From how many cells on a line holds the checkpoint's title beside its id."""

WORD = 13
"""Cells of the longest verdict in words, with a blank on either side."""


class CheckList(OptionList):
    """The list, with its key named as everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("checks")


class ChecksPane(Pane):
    """The list. The verdict of a running check replaces a line as it comes; the cursor and the focus stay."""

    def __init__(self, lab: Lab, results: Mapping[str, CheckpointResult], passed: frozenset[str]) -> None:
        super().__init__(t("checks"), name_id="checks")
        self._lab = lab
        self._results = results
        self._passed = passed
        self._waiting: set[str] = set()

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield CheckList(id="checks-list")

    async def fill(self) -> None:
        self.retell()

    def retell(self) -> None:
        """Draws every line, at the width and in the language of now."""
        self.heading = t("checks")
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(self._prompt(model, n == at), model.id) for n, model in enumerate(self._models)])
        options.highlighted = at

    def began(self) -> None:
        """A check goes on: every line waits for its verdict."""
        self._waiting = {model.id for model in self._models}
        self.retell()
        self._tell_progress()

    def judged(self, checkpoint: str) -> None:
        """One verdict came."""
        self._waiting.discard(checkpoint)
        for index, model in enumerate(self._models):
            if model.id == checkpoint:
                self._redraw(index)
        self._tell_progress()

    def ended(self, text: str) -> None:
        """The check is over, one way or the other."""
        self._waiting = set()
        self.retell()
        self.state = text

    @property
    def _models(self) -> tuple[CheckpointModel, ...]:
        return self._lab.checkpoints

    def _tell_progress(self) -> None:
        total = len(self._models)
        self.state = t("checking", done=total - len(self._waiting), total=total)

    def on_resize(self, event: events.Resize) -> None:
        if self.query_one(OptionList).option_count:
            self.call_after_refresh(self.retell)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_list.size.width:
            for index in range(len(self._models)):
                self._redraw(index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        result = self._results.get(self._models[event.option_index].id)
        file, line, frame = place_in(result.where) if result else ("", 0, 0)
        if file or frame:
            self.post_message(PlaceChosen(file, line, frame))

    def _redraw(self, index: int) -> None:
        options = self.query_one(OptionList)
        prompt = self._prompt(self._models[index], index == options.highlighted)
        if options.get_option_at_index(index).prompt != prompt:
            options.replace_option_prompt_at_index(index, prompt)

    def _prompt(self, model: CheckpointModel, opened: bool) -> Content:
        width = max(self.query_one(OptionList).scrollable_content_region.width, 30)
        result = self._results.get(model.id)
        line = self._line(model, result, width)
        return Content("\n").join([line, *_opened(model, result, width)]) if opened else line

    def _line(self, model: CheckpointModel, result: CheckpointResult | None, width: int) -> Content:
        mark, word, style = self._standing(model.id, result)
        name = model.id if width < WIDE else f"{fit(model.id, 18)} {model.text('title', language())}"
        tail = fit(f" {word}", WORD)
        name = fit(name, width - 3 - WORD)
        return Content.assemble((f" {mark} ", style), name, (tail, style))

    def _standing(self, checkpoint: str, result: CheckpointResult | None) -> tuple[str, str, str]:
        """Mark, word and style of a line. What passed before this session is ticked, quietly."""
        if checkpoint in self._waiting:
            return ".", "", "$foreground-muted"
        if result is not None:
            mark, style = MARKS[result.verdict]
            return mark, t(result.verdict.value), style
        return ("\u2713", "", "$text-success") if checkpoint in self._passed else (" ", "", "$foreground-muted")


def _opened(model: CheckpointModel, result: CheckpointResult | None, width: int) -> list[Content]:
    """What the line opens on, indented below it."""
    title = [Content(f"   {line}") for line in wrap(model.text("title", language()), width - 4)] if width < WIDE else []
    return [*title, *(_reasons(result, width) if result and result.verdict is not Verdict.PASSED else []), Content("")]


def _reasons(result: CheckpointResult, width: int) -> list[Content]:
    evidence = ", ".join(result.evidence)
    parts = (
        ("expected", result.expected, "$text-success"),
        ("got", result.got, "$text-error"),
        ("where", result.where, "$text-accent"),
        ("evidence", evidence, ""),
        ("hint", result.text("hint", language()), ""),
    )
    lines: list[Content] = []
    for name, text, style in parts:
        if text:
            lines.append(Content.assemble((f"   {t(name)}", "$foreground-muted")))
            lines += [Content.assemble((f"     {line}", style)) for line in wrap(clean_lines(text), width - 6)]
    return lines
