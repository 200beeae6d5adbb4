"""The TCP state diagram as a widget: draws what `statediagram` lays out, and scrolls where the screen is too low."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from netlab.app.canvas import Look, Piece
from netlab.app.statediagram import End, diagram


class StatesView(ScrollView, can_focus=False):
    """Both ends in one diagram, in the middle of its room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"states--{look.value}" for look in Look}

    def __init__(self) -> None:
        super().__init__()
        self._ends: tuple[End, ...] = ()
        self._waiting = ""
        self._rows: list[list[Piece]] = []

    def show(self, ends: Sequence[End], waiting: str) -> None:
        """The ends as they are, and what TIME-WAIT still has to wait."""
        if (tuple(ends), waiting) != (self._ends, self._waiting):
            self._ends, self._waiting = tuple(ends), waiting
            self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        self._rows = diagram(self._ends, self.size.width, self.size.height, self._waiting)
        self.virtual_size = Size(sum(len(piece.text) for piece in self._rows[0]), len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        base, (x, top), width = self.rich_style, self.scroll_offset, self.size.width
        row = self._rows[y + top] if y + top < len(self._rows) else []
        style_of = self.get_component_rich_style
        strip = Strip([Segment(piece.text, style_of(f"states--{piece.look.value}")) for piece in row])
        margin = max((width - strip.cell_length) // 2, 0)
        return Strip([Segment(" " * margin), *strip.crop_extend(x, x + width - margin, base)]).apply_style(base)
