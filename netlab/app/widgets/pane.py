"""A pane: a title line over a body. The title says what it is, how it is, and whether it has the focus."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from netlab.app.drawing import cells, fit


class PaneTitle(Widget):
    """The title line: text on the left, state on the right. A click gives its pane the focus."""

    ALLOW_SELECT = False
    text = reactive("")
    state = reactive("")
    focused_pane = reactive(False, toggle_class="-active")

    def render(self) -> Content:
        mark = "\u25b8" if self.focused_pane else " "
        state = f" {self.state} " if self.state else ""
        room = self.size.width - cells(state)
        if room < len(self.text) // 2:
            return Content(fit(f"{mark}{self.text}", self.size.width))
        return Content(fit(f"{mark}{self.text}", room) + state)

    def on_click(self) -> None:
        if isinstance(self.parent, Pane):
            self.parent.take_focus()


class Pane(Vertical):
    """The base of every pane of the lab screen. What is heavy in it is mounted by `fill`, after the first paint."""

    def __init__(self, title: str, *, name_id: str) -> None:
        super().__init__(id=name_id, classes="pane")
        self._title = PaneTitle()
        self._title.text = title

    def compose(self) -> ComposeResult:
        yield self._title

    async def fill(self) -> None:
        """Mounts what is heavy."""

    def take_focus(self) -> None:
        """Gives the focus to what one works with in this pane."""
        for widget in self.query("*"):
            if widget.focusable and widget.display:
                widget.focus()
                return

    @property
    def heading(self) -> str:
        """What the pane is."""
        return self._title.text

    @heading.setter
    def heading(self, text: str) -> None:
        self._title.text = text

    @property
    def state(self) -> str:
        """How it is, on the right of its title."""
        return self._title.state

    @state.setter
    def state(self, text: str) -> None:
        self._title.state = text

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._title.focused_pane = True

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self._title.focused_pane = False
