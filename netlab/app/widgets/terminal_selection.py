"""What is selected in a terminal: as text, and moved about by keys. Pure but for the screen that it reads.

Places are rows and characters, as Textual counts them, not cells.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.selection import Selection

from netlab.programs.cells import split_at
from netlab.programs.screen import Screen, as_text


def selected_text(screen: Screen, selection: Selection) -> str:
    """The text itself: no colours, no blanks that nobody wrote, and no line end where only the width made one."""
    rows, parts = screen.lines, []
    for place, text in enumerate(as_text(rows)):
        span = selection.get_span(place)
        if span is None:
            continue
        ends = place == len(rows) - 1 or not rows.goes_on(place)
        text = text.rstrip() if ends else text
        parts.append(text[span[0] :] if span[1] < 0 else text[span[0] : span[1]])
        parts.append("\n" if ends else "")
    return "".join(parts[:-1])


def moved_up(selection: Selection, rows: int) -> Selection | None:
    """The same text when so many rows were dropped above; None when nothing of it is left."""
    start, end = selection
    if end is not None and end.y < rows:
        return None
    start = None if start is None or start.y < rows else start - (0, rows)
    return Selection(start, None if end is None else end - (0, rows))


class Marking:
    """Selecting with keys: one end stays, the other goes."""

    def __init__(self, screen: Screen) -> None:
        """From the cursor on."""
        self._screen = screen
        row, cell = screen.cursor
        self._anchor = self.head = Offset(len(split_at(self._text(row), cell)[0]), row)

    def move(self, direction: str) -> Selection:
        """The other end one character or row on, or to its row's beginning or end."""
        x, y = self.head
        last = len(self._screen.lines) - 1
        if direction in ("up", "down"):
            y = min(max(y + (1 if direction == "down" else -1), 0), last)
        elif direction in ("home", "end"):
            x = 0 if direction == "home" else len(self._text(y))
        elif direction == "left":
            x, y = (min(x, len(self._text(y))) - 1, y) if x else (len(self._text(y - 1)), y - 1) if y else (0, 0)
        elif direction == "right":
            x, y = (x + 1, y) if x < len(self._text(y)) else (0, y + 1) if y < last else (x, y)
        self.head = Offset(x, y)
        return self.selection

    @property
    def selection(self) -> Selection:
        """What is between the two ends."""
        return Selection.from_offsets(self._anchor, self.head)

    def shift_up(self, rows: int) -> None:
        """So many rows were dropped above."""
        self._anchor -= (0, min(rows, self._anchor.y))
        self.head -= (0, min(rows, self.head.y))

    def _text(self, row: int) -> str:
        return as_text([self._screen.lines[row]])[0]
