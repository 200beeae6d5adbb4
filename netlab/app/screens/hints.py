"""The lab's hints, one at a time: those that were opened can be turned back to, the next one is opened by hand."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from netlab.app.drawing import clean_lines
from netlab.app.keys import find, spelled
from netlab.app.screens.over import Over
from netlab.app.texts import language, t
from netlab.session.session import LabSession


class HintScreen(Over[str]):
    """Opens the next hint when it comes up. Gives `solution` where the learner wants that, else nothing."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", show=False, id="cancel"),
        Binding("f3,n", "next", show=False),
        Binding("up,pageup", "turn(-1)", show=False),
        Binding("down,pagedown", "turn(1)", show=False),
        Binding("left", "app.focus_previous", show=False, id="answer-before"),
        Binding("right", "app.focus_next", show=False, id="answer-after"),
    ]

    def __init__(self, session: LabSession) -> None:
        super().__init__()
        self._session = session
        self._number = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Static(id="hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button(t("hint-next"), id="next", flat=True)
                yield Button(t("solution"), id="solution", flat=True)
                yield Button(t("close"), id="close", flat=True)

    def on_mount(self) -> None:
        self.query_one("#close").focus()
        self.action_next()

    def retell(self) -> None:
        self._show()

    def action_next(self) -> None:
        """The next hint that was not seen yet; the last one stays."""
        opened = self._session.next_hint()
        self._number = opened[0] if opened else 0
        self._show()

    def action_turn(self, by: int) -> None:
        """Back to one that was opened before, or on."""
        self._number = min(max(self._number + by, 1), self._session.hints_open())
        self._show()

    def _show(self) -> None:
        hints = self._session.lab.hints
        title = t("hint-title", number=self._number, total=len(hints))
        self.query_one(".dialog-title", Static).update(Content(title))
        text = clean_lines(hints[self._number - 1].text("hint", language()))
        last = self._session.hints_open() == len(hints)
        parts = [Content(text)]
        if last and self._number == len(hints):
            parts.append(Content.styled(t("hint-last", press=spelled(find("solution").key)), "$foreground-muted"))
        self.query_one("#hint", Static).update(Content("\n\n").join(parts))
        self.query_one("#next", Button).disabled = last

    @on(Button.Pressed, "#next")
    def _next_pressed(self) -> None:
        self.action_next()

    @on(Button.Pressed, "#solution")
    def _solution_pressed(self) -> None:
        self.dismiss("solution")

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        self.dismiss("")
