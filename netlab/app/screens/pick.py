"""One of a few: a list to choose from, by arrow keys and Enter, by number, or by mouse. Escape chooses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from netlab.app.drawing import clean, clean_lines
from netlab.app.screens.dialogs import Choice
from netlab.app.screens.over import Over


class Pick(Over[str]):
    """Gives the id of what was chosen; with `typed`, also what was typed instead; empty for nothing."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False, id="cancel")]

    def __init__(self, title: str, choices: Sequence[Choice], *, text: str = "", typed: str = "") -> None:
        """`typed` stands in a line that something else may be typed into; there is none where it is empty."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._text = text
        self._typed = typed

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean_lines(self._title)), classes="dialog-title")
            if self._text:
                yield Static(Content(clean_lines(self._text)), classes="dialog-body")
            if self._choices:
                labels = [f" {number}  {clean(one.label)}" for number, one in enumerate(self._choices, 1)]
                yield OptionList(*(Option(Content(label)) for label in labels), classes="dialog-list")
            if self._typed:
                yield Input(placeholder=self._typed, compact=True, classes="dialog-input")

    def on_mount(self) -> None:
        first = self.query("OptionList, Input").first()
        first.focus()
        if isinstance(first, OptionList):
            first.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """A number chooses at once."""
        numbers = [str(number) for number in range(1, min(len(self._choices), 9) + 1)]
        if event.key in numbers and not isinstance(self.focused, Input):
            event.stop()
            self.dismiss(self._choices[int(event.key) - 1].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index].id)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        self.dismiss("")
