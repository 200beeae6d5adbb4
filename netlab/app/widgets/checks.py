"""The checkpoints and the predictions: a line each, the one under the cursor opened on what it has to tell."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from netlab.app import verdictlines
from netlab.app.keys import bindings
from netlab.app.messages import PlaceChosen
from netlab.app.places import frames_in, place_in
from netlab.app.texts import t
from netlab.app.widgets.pane import Pane
from netlab.courseware.answers import Answer
from netlab.courseware.model import CheckpointModel, Lab, PredictionModel
from netlab.session.checks import Checks
from netlab.session.predicting import Predictions

_ASK = "?"
"""Before a prediction's id among the options: no checkpoint's id begins so."""
_HEAD = "?head"


class CheckList(OptionList):
    """The list, with its keys named as everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("checks")

    class EvidenceAsked(Message):
        """The learner wants to see the frames of what is under the cursor."""

    def action_evidence(self) -> None:
        self.post_message(self.EvidenceAsked())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "evidence" and isinstance(self.parent, ChecksPane):
            return True if self.parent.evidence is not None else None
        return True


class ChecksPane(Pane):
    """The list. The verdict of a running check replaces a line as it comes; the cursor and the focus stay."""

    class EvidenceChosen(Message):
        """The learner wants to see a saved record, at these frames (none: at its end)."""

        def __init__(self, path: Path, frames: tuple[int, ...]) -> None:
            super().__init__()
            self.path = path
            self.frames = frames

    class PredictionChosen(Message):
        """The learner wants to answer a prediction, perhaps anew."""

        def __init__(self, prediction: PredictionModel) -> None:
            super().__init__()
            self.prediction = prediction

    def __init__(self, lab: Lab, checks: Checks, predictions: Predictions) -> None:
        super().__init__(t("checks"), name_id="checks")
        self._lab = lab
        self._checks = checks
        self._predictions = predictions
        self._before = checks.passed_ids()
        self._given: dict[str, Answer] = {}
        self._waiting: set[str] = set()

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield CheckList(id="checks-list")

    async def fill(self) -> None:
        self.retell()

    def retell(self) -> None:
        """Draws every line, at the width and in the language of now."""
        self.heading = t("checks")
        self._given = self._predictions.given
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        for n, one in enumerate(self._lines):
            options.add_option(Option(self._prompt(one, n == at), _option_id(one), disabled=one is None))
        options.highlighted = at

    def began(self) -> None:
        """A check goes on: every line waits for its verdict."""
        self._waiting = {model.id for model in self._lab.checkpoints}
        self.retell()
        self._tell_progress()

    def judged(self, checkpoint: str) -> None:
        """One verdict came."""
        self._waiting.discard(checkpoint)
        self._redraw(next(n for n, model in enumerate(self._lab.checkpoints) if model.id == checkpoint))
        self._tell_progress()

    def ended(self, text: str) -> None:
        """The check is over, one way or the other."""
        self._waiting = set()
        self.retell()
        self.state = text

    @property
    def evidence(self) -> tuple[Path, tuple[int, ...]] | None:
        """The saved record of what is under the cursor, and the frames that speak for the verdict or the answer."""
        at, lines = self.query_one(OptionList).highlighted, self._lines
        one = lines[at] if at is not None and at < len(lines) else None
        if isinstance(one, PredictionModel):
            path = self._checks.measurement_of(one.id)
            return (path, frames_in(self._checks.predictions[one.id].evidence)) if path else None
        if not isinstance(one, CheckpointModel) or (path := self._checks.record_of(one.id)) is None:
            return None
        result = self._checks.results[one.id]
        return path, frames_in((result.where, *result.evidence))

    @property
    def _lines(self) -> list[CheckpointModel | PredictionModel | None]:
        """What stands in each line; None is the head of the predictions."""
        asked = self._lab.predictions
        return [*self._lab.checkpoints, *([None] if asked else []), *asked]

    def _tell_progress(self) -> None:
        total = len(self._lab.checkpoints)
        self.state = t("checking", done=total - len(self._waiting), total=total)

    def on_resize(self, event: events.Resize) -> None:
        if self.query_one(OptionList).option_count:
            self.call_after_refresh(self.retell)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_list.size.width:
            for index in range(len(self._lines)):
                self._redraw(index)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter: to the line of code, to the frame where that is all there is, or to the question."""
        event.stop()
        one = self._lines[event.option_index]
        if isinstance(one, PredictionModel):
            self.post_message(self.PredictionChosen(one))
            return
        result = self._checks.results.get(one.id) if one else None
        file, line, _ = place_in(result.where) if result else ("", 0, 0)
        if file:
            self.post_message(PlaceChosen(file, line))
        else:
            self.on_check_list_evidence_asked()

    def on_check_list_evidence_asked(self) -> None:
        if (evidence := self.evidence) is not None:
            self.post_message(self.EvidenceChosen(*evidence))

    def _redraw(self, index: int) -> None:
        options = self.query_one(OptionList)
        prompt = self._prompt(self._lines[index], index == options.highlighted)
        if options.get_option_at_index(index).prompt != prompt:
            options.replace_option_prompt_at_index(index, prompt)

    def _prompt(self, one: CheckpointModel | PredictionModel | None, opened: bool) -> Content:
        width = max(self.query_one(OptionList).scrollable_content_region.width, 30)
        if one is None:
            return verdictlines.predictions_head(width)
        line, more = self._checkpoint(one, width) if isinstance(one, CheckpointModel) else self._prediction(one, width)
        return Content("\n").join([line, *more]) if opened else line

    def _checkpoint(self, model: CheckpointModel, width: int) -> tuple[Content, list[Content]]:
        result = self._checks.results.get(model.id)
        waiting, before = model.id in self._waiting, model.id in self._before
        line = verdictlines.checkpoint(model, result, width, waiting=waiting, before=before)
        return line, verdictlines.opened_checkpoint(model, result, width)

    def _prediction(self, model: PredictionModel, width: int) -> tuple[Content, list[Content]]:
        answer, result = self._given.get(model.id), self._checks.predictions.get(model.id)
        if result is not None and result.answer != answer:
            result = None  # answered anew since that check
        line = verdictlines.prediction(model, answer, result, width)
        return line, verdictlines.opened_prediction(model, answer, result, width)


def _option_id(one: CheckpointModel | PredictionModel | None) -> str:
    return _HEAD if one is None else one.id if isinstance(one, CheckpointModel) else _ASK + one.id
