"""Questions that must be answered before anything goes on, and texts to be read. Escape always changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from netlab.app.drawing import clean_lines
from netlab.app.screens.over import Over
from netlab.app.texts import t


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer."""

    id: str
    label: str
    risky: bool = False
    """Something is lost when it is chosen."""


class Ask(Over[str]):
    """A question with a few answers, the safest last and chosen by Escape. Gives the id of the answer."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False, id="cancel"),
        Binding("left,up", "app.focus_previous", show=False, id="answer-before"),
        Binding("right,down", "app.focus_next", show=False, id="answer-after"),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, title: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean_lines(self._title)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Static(Content(clean_lines(self._text)))
            with Horizontal(classes="dialog-buttons"):
                for choice in self._choices:
                    yield Button(choice.label, id=choice.id, variant="error" if choice.risky else "default", flat=True)

    def on_mount(self) -> None:
        self.query(Button).last().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or self._choices[-1].id)

    def action_cancel(self) -> None:
        self.dismiss(self._choices[-1].id)

    def action_page(self, by: int) -> None:
        """A long text is turned over; the focus stays with the answers."""
        body = self.query_one(".dialog-body")
        body.scroll_relative(y=by * body.size.height, animate=False)


class Read(Ask):
    """A text to be read and closed."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, text, [Choice("close", t("close"))])
