"""A first look at the lab screen, in four steps: each brings a pane to the front, lights it, and says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from netlab.app.screens.over import Over
from netlab.app.texts import t
from netlab.app.widgets.pane import Pane

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen

STOPS = ("guide", "code", "wire", "checks")
"""The pane of each step; its text is `tour-1` and so on."""
LIT = "-toured"


class TourScreen(Over[None]):
    """Lies over the lab screen, low enough to leave the panes in sight. Escape skips the rest."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "skip", show=False, id="cancel"),
        Binding("space,n", "on", show=False),
        Binding("p,backspace", "back", show=False),
        Binding("left,up", "app.focus_previous", show=False, id="answer-before"),
        Binding("right,down", "app.focus_next", show=False, id="answer-after"),
    ]

    def __init__(self, lab: LabScreen) -> None:
        super().__init__()
        self._lab = lab
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(classes="dialog-title")
            with Vertical(classes="dialog-body"):
                yield Static(id="stop")
            with Horizontal(classes="dialog-buttons"):
                yield Button(t("tour-skip"), id="skip", flat=True)
                yield Button(t("tour-on"), id="on", flat=True)

    def on_mount(self) -> None:
        self.query_one("#on").focus()
        self.retell()

    def retell(self) -> None:
        """This step, in the language in force."""
        number = self._at + 1
        self.query_one(".dialog-title", Static).update(Content(t("tour-of", number=number, total=len(STOPS))))
        self.query_one("#stop", Static).update(Content(t(f"tour-{number}")))
        last = number == len(STOPS)
        self.query_one("#on", Button).label = t("tour-end" if last else "tour-on")
        self.query_one("#skip").display = not last
        self._lab.panes.bring(STOPS[self._at])
        for pane in self._lab.query(Pane):
            pane.set_class(pane.id == STOPS[self._at], LIT)

    def on_unmount(self) -> None:
        self._lab.query(Pane).remove_class(LIT)

    @on(Button.Pressed, "#on")
    def action_on(self) -> None:
        if self._at + 1 == len(STOPS):
            self.action_skip()
            return
        self._at += 1
        self.retell()

    def action_back(self) -> None:
        self._at = max(self._at - 1, 0)
        self.retell()

    @on(Button.Pressed, "#skip")
    def action_skip(self) -> None:
        self._lab.panes.bring("guide")
        self.dismiss()


async def first_time(lab: LabScreen) -> None:
    """Shows the tour once in a learner's life, before they have seen a lab."""
    if lab.settings.get("tour", False):
        return
    lab.settings.put("tour", True)
    await lab.app.push_screen_wait(TourScreen(lab))
