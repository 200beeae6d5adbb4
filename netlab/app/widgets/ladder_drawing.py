"""How a ladder's rows are drawn: the colours of their roles, the sign before a row, and the heading above them."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from netlab.record.rows import Role, Row

ROLE_CLASSES = {role: f"ladder--{role.value}" for role in Role}
COMPONENTS = {*ROLE_CLASSES.values(), "ladder--chosen", "ladder--linked", "ladder--next", "ladder--quiet"}

CHOSEN, LINKED, NEXT = "\u25b8", "*", ">"
"""What stands before a row: the chosen one, what has to do with it, and the queued frame that is next to go."""
_GROUNDS = {CHOSEN: "ladder--chosen", LINKED: "ladder--linked", NEXT: "ladder--next"}


def strip_of(widget: Widget, row: Row) -> Strip:
    """One row, in the colours that the widget's style sheet has for its roles."""
    style_of = widget.get_component_rich_style
    return Strip([Segment(span.text, style_of(ROLE_CLASSES[span.role])) for span in row.spans])


def signed_strip(widget: Widget, row: Row, sign: str, width: int) -> Strip:
    """A row behind its sign; one that has a sign lies on a ground of its own, at least so wide."""
    strip = Strip([Segment(sign), *strip_of(widget, row)])
    if sign == " ":
        return strip
    ground = Style(bgcolor=widget.get_component_rich_style(_GROUNDS[sign]).bgcolor)
    strip = strip.extend_cell_length(width)
    return Strip([Segment(part.text, (part.style or Style()) + ground) for part in strip])


class LadderHeading(Widget):
    """The hosts and the columns, above what scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._at = 0

    def show(self, rows: list[Row], at: int) -> None:
        """These rows, from this column on."""
        if (rows, at) != (self._rows, self._at):
            self._rows, self._at = rows, at
            self.styles.height = len(rows)
            self.refresh()
        self.display = bool(rows)

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        strip = strip_of(self, self._rows[y]) if y < len(self._rows) else Strip([])
        return strip.crop_extend(self._at, self._at + self.size.width, base).apply_style(base)
