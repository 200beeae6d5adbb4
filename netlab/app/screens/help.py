"""What can be pressed here: made from the bindings that apply to the focus, and from all others of the screen."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from netlab.app.drawing import fit, wrap
from netlab.app.keys import KEYS, Key, spelled
from netlab.app.screens.over import Over
from netlab.app.texts import t

KEY, NAME = 13, 21
"""Cells of the first two columns; the sentence has the rest."""
_SCREENS = ("lab", "home", "app")


class HelpScreen(Over[None]):
    """Two lists: the keys of what has the focus, and those that hold everywhere."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", show=False)]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static(Content(t("help-title")), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(self._listed(), id="keys")

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.query_one(".dialog-title", Static).update(Content(t("help-title")))
        self.query_one("#keys", Static).update(self._listed())

    def _listed(self) -> Content:
        active = {found.binding.id for found in self._about.active_bindings.values()}
        here = [key for place, keys in KEYS.items() if place not in _SCREENS for key in keys if key.id in active]
        everywhere = [key for place in _SCREENS for key in KEYS[place] if key.id in active]
        room = max(min(int(self.app.size.width * 0.92), 100) - KEY - NAME - 6, 20)
        parts = [_section(t("help-here"), here, room)] if here else []
        parts.append(_section(t("help-everywhere"), everywhere, room))
        parts.append(Content.styled(t("help-mouse"), "$foreground-muted"))
        return Content("\n").join(parts)


def _section(title: str, keys: list[Key], room: int) -> Content:
    lines = [Content.assemble((title, "bold")), *(_line(key, room) for key in keys), Content("")]
    return Content("\n").join(lines)


def _line(key: Key, room: int) -> Content:
    """Key, name, and the sentence: wrapped in its own column."""
    first, *rest = wrap(key.tip, room)
    line = Content.assemble(
        (fit(spelled(key.key), KEY), "$text-accent"), fit(key.label, NAME), (first, "$foreground-muted")
    )
    more = [Content.styled(" " * (KEY + NAME) + text, "$foreground-muted") for text in rest]
    return Content("\n").join([line, *more])
