"""The lab screen's actions around learning and the place of work. Each is a line: the work is done elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events, on, work
from textual.screen import Screen
from textual.widgets import TextArea

from netlab.app.notices import say
from netlab.app.screens import learning, outside, predict, saving, tour
from netlab.app.texts import t
from netlab.app.widgets.checks import ChecksPane

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


class LabActions(Screen[None]):
    """What LabScreen inherits; it is no screen by itself."""

    @property
    def _lab(self) -> LabScreen:
        return cast("LabScreen", self)

    @work(exclusive=True, group="hint")
    async def action_hint(self) -> None:
        await learning.hint(self._lab)

    @work(exclusive=True, group="hint")
    async def action_solution(self) -> None:
        await learning.solution(self._lab)

    @work(exclusive=True, group="hint")
    async def action_finish(self) -> None:
        await learning.finish(self._lab)

    @work(exclusive=True, group="predict")
    async def predict(self) -> None:
        """Every question of the lab, again."""
        await learning.predict_all(self._lab)

    @on(ChecksPane.PredictionChosen)
    @work(exclusive=True, group="predict")
    async def _predict_one(self, message: ChecksPane.PredictionChosen) -> None:
        await predict.ask(self._lab, message.prediction)

    @on(ChecksPane.EvidenceChosen)
    @work(exclusive=True, group="run")
    async def _show_evidence(self, message: ChecksPane.EvidenceChosen) -> None:
        await self._lab.attempt(learning.show_evidence(self._lab, message.path, message.frames))

    @work(exclusive=True, group="kept")
    async def welcome(self, *, toured: bool) -> None:
        """What is said when a lab has been opened: the tour, the first time, and text that was never saved."""
        if not toured:
            await tour.first_time(self._lab)
        await saving.offer_kept_text(self._lab)

    def tour(self) -> None:
        """The first look again."""
        self.app.push_screen(tour.TourScreen(self._lab))

    # The learner's own editor; the starter again.

    @work(exclusive=True, group="save")
    async def action_outside(self) -> None:
        await outside.edit(self._lab)

    @work(exclusive=True, group="run")
    async def action_reset(self) -> None:
        await self._lab.attempt(outside.start_over(self._lab))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greyed: what cannot be done here."""
        if action == "outside":
            return True if outside.can_suspend(self._lab) else None
        return True

    def action_copy(self) -> None:
        """What the mouse selected, or what is selected in the editor."""
        focused = self.focused
        text = self.get_selected_text() or (focused.selected_text if isinstance(focused, TextArea) else "")
        if text:
            self.app.copy_to_clipboard(text)
        say(self, t("copied", count=len(text)) if text else t("nothing-selected"))

    # Sizes of panes.

    def on_resize(self) -> None:
        self.call_later(self._lab.arrangement.fit)

    def action_divide(self, direction: str) -> None:
        self._lab.arrangement.push(direction)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button == 1:
            self._lab.arrangement.take(event.screen_x, event.screen_y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if not event.button:
            self._lab.arrangement.let_go()
        elif self._lab.arrangement.drag(event.screen_x, event.screen_y):
            self.clear_selection()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._lab.arrangement.let_go()
