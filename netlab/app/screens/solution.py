"""The solution beside mine, to be read: line against line, what differs marked.

server.py  client.py                                            12 lines differ
mine                                    | solution
  9  connection, address = ...          |   9  connection, address = ...
                                        | +10  while True:
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.highlight import HighlightTheme, highlight
from textual.widgets import Static

from netlab.app.drawing import clean, clean_lines
from netlab.app.keys import bindings
from netlab.app.screens.over import Over
from netlab.app.sidebyside import Beside, beside
from netlab.app.texts import t
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.pane import PaneTitle

ROOMY = 110
"""Columns from which on both are seen at once."""


class SolutionScreen(Over[None]):
    """Both texts of one file at a time."""

    CSS_PATH = "solution.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (ROOMY, "-both")]  # noqa: RUF012 - declared so by Textual
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("solution"), *bindings("sheet")]

    def __init__(self, mine: Mapping[str, str], solution: Mapping[str, str], first: str = "") -> None:
        super().__init__()
        self._mine = mine
        self._solution = solution
        self._names = list(solution)
        self._at = self._names.index(first) if first in self._names else 0
        self._shows_mine = False
        """Where there is room for one."""
        self._title = PaneTitle()
        self._heads = Static(Content(""), classes="heads"), Static(Content(""), classes="heads")
        self._texts = Static(Content(""), classes="text"), Static(Content(""), classes="text")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield self._title
            with Horizontal(classes="heads-line"):
                yield from self._heads
            with VerticalScroll(id="both"), Horizontal():
                yield from self._texts
            yield KeyBar()

    def on_mount(self) -> None:
        self._title.focused_pane = True
        self.query_one("#both").focus()
        self.retell()

    def retell(self) -> None:
        """Everything again: another file, another language."""
        name = self._names[self._at]
        mine, solution = self._mine.get(name, ""), self._solution[name]
        left, right = _lines(mine), _lines(solution)
        rows = beside(left, right)
        differ = sum(not row.same for row in rows)
        self._title.text = "   ".join(f"[{clean(one)}]" if one == name else clean(one) for one in self._names)
        self._title.state = t("lines-differ", count=differ) if differ else t("same-as-mine")
        for head, text in zip(self._heads, ("mine", "solution"), strict=True):
            head.update(Content(f" {t(text)}"))
        gaps = self.has_class("-both")
        self._texts[0].update(_column(left, [(row.left, row) for row in rows], "-", name, gaps))
        self._texts[1].update(_column(right, [(row.right, row) for row in rows], "+", name, gaps))
        for part in (self._heads, self._texts):
            part[0].set_class(not self._shows_mine, "-behind")
            part[1].set_class(self._shows_mine, "-behind")

    def on_resize(self) -> None:
        self.call_after_refresh(self.retell)

    def action_other_file(self) -> None:
        self._at = (self._at + 1) % len(self._names)
        self.query_one("#both").scroll_home(animate=False)
        self.retell()

    def action_other_side(self) -> None:
        self._shows_mine = not self._shows_mine
        self.retell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "other_side":
            return None if self.has_class("-both") else True
        return (len(self._names) > 1 or None) if action == "other_file" else True

    def action_close(self) -> None:
        self.dismiss()


def _lines(text: str) -> list[str]:
    return clean_lines(text.rstrip("\n")).split("\n") if text.strip() else []


def _column(lines: list[str], rows: list[tuple[int | None, Beside]], sign: str, name: str, gaps: bool) -> Content:
    """One side: numbers, a sign before what differs, the code in its colours; `gaps` where the other side has lines."""
    language = "python" if name.endswith(".py") else "text"
    coloured = highlight("\n".join(lines), language=language, theme=_Colours).split("\n") if lines else []
    return Content("\n").join(_row(n, row, coloured, sign) for n, row in rows if gaps or n is not None)


def _row(number: int | None, row: Beside, coloured: list[Content], sign: str) -> Content:
    if number is None:
        return Content("")
    mark = (" ", "") if row.same else (sign, "$text-warning bold")
    code = coloured[number] if number < len(coloured) else Content("")
    line = Content.assemble(mark, (f"{number + 1:>3}  ", "$foreground-muted"), code)
    return line if row.same else line.stylize_before("on $warning 12%")


_KINDS = {
    ("Comment",): "$foreground-muted italic",
    ("Keyword",): "$text-primary bold",
    ("Operator", "Word"): "$text-primary bold",
    ("Literal", "String"): "$text-success",
    ("Literal", "Number"): "$text-accent",
    ("Name", "Function"): "$text-secondary",
    ("Name", "Class"): "$text-secondary",
}


def _style_of(token: tuple[str, ...]) -> str:
    return next((style for kind, style in _KINDS.items() if token[: len(kind)] == kind), "")


class _Colours(HighlightTheme):
    """As in the editor."""

    STYLES = {token: _style_of(token) for token in HighlightTheme.STYLES if _style_of(token)}  # noqa: RUF012 - declared so by Textual
