"""The TCP state diagram of RFC 9293, section 3.3.2 (figure 5), with both ends of a connection in it. Pure.

    :  SYN-SENT   :   nobody has been there          c, s   an end has been there
    [c SYN-SENT   ]   somebody has                   C, S   an end is there now
    #C TIME-WAIT  #   somebody is                    dotted arrows were not taken, drawn ones were

Boxes have one line each where the screen is small, three where it is high enough. A reset leads from anywhere to the
last CLOSED; its arrows are not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from netlab.app.canvas import Canvas, Look, Piece, Point

BOX = 17
"""Cells of a box: two sides, two tags, and the longest name between blanks."""
NARROWEST, WIDEST = 78, 104
LOW, HIGH = 19, 33
"""Rows with boxes of one line, and of three."""
GONE = "CLOSED again"
"""The last CLOSED, apart from the first."""

_PLACES = {
    "CLOSED": (0, "middle"), "SYN-SENT": (1, "left"), "LISTEN": (1, "right"), "SYN-RECV": (2, "right"),
    "ESTABLISHED": (3, "middle"), "FIN-WAIT-1": (4, "left"), "CLOSE-WAIT": (4, "right"), "FIN-WAIT-2": (5, "left"),
    "CLOSING": (5, "middle"), "LAST-ACK": (5, "right"), "TIME-WAIT": (6, "left"), GONE: (6, "right"),
}  # fmt: skip
_SIDES = {"left": 0, "middle": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class End:
    """One end of the connection."""

    tag: str
    """One capital letter."""
    states: tuple[str, ...]
    """From CLOSED on."""

    @property
    def stations(self) -> tuple[str, ...]:
        """The boxes that it was in: a CLOSED that is not the first is the last box."""
        return self.states[:1] + tuple(GONE if state == "CLOSED" else state for state in self.states[1:])


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another, and what it takes to go there."""

    origin: str
    target: str
    points: tuple[Point, ...]
    words: tuple[tuple[int, int, str], ...] = ()
    """Row, column, text."""


class Layout:
    """Where boxes and arrows are, in so many rows and columns."""

    def __init__(self, width: int, height: int) -> None:
        self.width = min(max(width, NARROWEST), WIDEST)
        self.box_rows = 3 if height >= HIGH else 1
        self.height = HIGH if height >= HIGH else LOW
        self._columns = (6, (self.width - BOX) // 2, self.width - BOX - 4)

    def top(self, level: int) -> int:
        """First row of the boxes of a level."""
        return level * (self.box_rows + 2)

    def middle(self, level: int) -> int:
        """The row with the names."""
        return self.top(level) + self.box_rows // 2

    def below(self, level: int) -> int:
        """First of the two rows under the boxes of a level."""
        return self.top(level) + self.box_rows

    def left_of(self, side: str) -> int:
        """First column of the boxes on a side."""
        return self._columns[_SIDES[side]]

    def arrows(self) -> list[Arrow]:
        """Every arrow, from the top."""
        left, right = self.left_of("left") + BOX // 2, self.left_of("right") + BOX // 2
        return [*self._opening(left, right), *self._active_close(left), *self._passive_close(right)]

    def _opening(self, left: int, right: int) -> list[Arrow]:
        first, middle = self.left_of("middle"), self.left_of("middle") + BOX // 2
        last = first + BOX
        rows = [self.middle(level) for level in range(4)]
        return [
            Arrow(
                "CLOSED", "SYN-SENT", ((rows[0], first - 1), (rows[0], left), (self.top(1) - 1, left)),
                self._beside(0, left + 2, "connect()", "SYN out"),
            ),
            Arrow(
                "CLOSED", "LISTEN", ((rows[0], last), (rows[0], right), (self.top(1) - 1, right)),
                self._before(0, right - 2, "listen()"),
            ),
            Arrow(
                "SYN-SENT", "SYN-RECV",
                ((rows[1], self.left_of("left") + BOX), (rows[1], middle), (rows[2], middle),
                 (rows[2], self.left_of("right") - 1)),
                self._beside(1, middle + 2, "SYN in", "SYN,ACK out"),
            ),
            Arrow(
                "SYN-SENT", "ESTABLISHED", ((self.below(1), left), (rows[3], left), (rows[3], first - 1)),
                self._beside(1, left + 2, "SYN,ACK in", "ACK out"),
            ),
            Arrow(
                "LISTEN", "SYN-RECV", ((self.below(1), right), (self.top(2) - 1, right)),
                self._before(1, right - 2, "SYN in", "SYN,ACK out"),
            ),
            Arrow(
                "SYN-RECV", "ESTABLISHED", ((self.below(2), right), (rows[3], right), (rows[3], last)),
                self._before(2, right - 2, "ACK in"),
            ),
        ]  # fmt: skip

    def _active_close(self, left: int) -> list[Arrow]:
        first, middle = self.left_of("middle"), self.left_of("middle") + BOX // 2
        edge, end = self.left_of("left"), self.left_of("left") + BOX
        turn, bend = self.below(3), self.below(5)
        return [
            Arrow(
                "ESTABLISHED", "FIN-WAIT-1", ((turn, first + 3), (turn, left), (turn + 1, left)),
                ((turn + 1, left + 2, "close(): FIN out"),),
            ),
            Arrow(
                "FIN-WAIT-1", "FIN-WAIT-2", ((self.below(4), left), (self.top(5) - 1, left)),
                self._beside(4, left + 2, "ACK in"),
            ),
            Arrow(
                "FIN-WAIT-1", "CLOSING", ((self.middle(4), end), (self.middle(4), middle), (self.top(5) - 1, middle)),
                self._beside(4, middle + 2, "FIN in", "ACK out"),
            ),
            Arrow(
                "FIN-WAIT-1", "TIME-WAIT",
                ((self.middle(4), edge - 1), (self.middle(4), 1), (self.middle(6), 1), (self.middle(6), edge - 1)),
                self._beside(4, 3, "FIN,ACK in", "ACK out"),
            ),
            Arrow(
                "FIN-WAIT-2", "TIME-WAIT", ((bend, left), (bend + 1, left)),
                self._before(5, left - 2, "FIN in", "ACK out"),
            ),
            Arrow(
                "CLOSING", "TIME-WAIT", ((bend, first + 3), (bend, end - 3), (bend + 1, end - 3)),
                ((bend + 1, end - 1, "ACK in"),),
            ),
            Arrow(
                "TIME-WAIT", GONE, ((self.middle(6), end), (self.middle(6), self.left_of("right") - 1)),
            ),
        ]  # fmt: skip

    def _passive_close(self, right: int) -> list[Arrow]:
        last, turn = self.left_of("middle") + BOX, self.below(3)
        words = "FIN in: ACK out"
        return [
            Arrow(
                "ESTABLISHED", "CLOSE-WAIT", ((turn, last - 4), (turn, right), (turn + 1, right)),
                ((turn + 1, right - 1 - len(words), words),),
            ),
            Arrow(
                "CLOSE-WAIT", "LAST-ACK", ((self.below(4), right), (self.top(5) - 1, right)),
                self._before(4, right - 2, "close()", "FIN out"),
            ),
            Arrow(
                "LAST-ACK", GONE, ((self.below(5), right), (self.top(6) - 1, right)),
                self._before(5, right - 2, "ACK in"),
            ),
        ]  # fmt: skip

    def _beside(self, level: int, column: int, *words: str) -> tuple[tuple[int, int, str], ...]:
        """Words under a level, from a column on."""
        return tuple((self.below(level) + line, column, text) for line, text in enumerate(words))

    def _before(self, level: int, column: int, *words: str) -> tuple[tuple[int, int, str], ...]:
        """Words under a level that end at a column."""
        return tuple((self.below(level) + line, column - len(text) + 1, text) for line, text in enumerate(words))


def diagram(ends: Sequence[End], width: int, height: int, waiting: str = "") -> list[list[Piece]]:
    """The diagram in rows of at least 78 cells, 19 or 33 rows; `waiting` is written on TIME-WAIT's way out."""
    layout = Layout(width, height)
    canvas = Canvas(layout.height, layout.width)
    taken = {pair for end in ends for pair in pairwise(end.stations)}
    for arrow in sorted(layout.arrows(), key=lambda arrow: (arrow.origin, arrow.target) in taken):
        _draw_arrow(canvas, arrow, taken=(arrow.origin, arrow.target) in taken)
    for state, (level, side) in _PLACES.items():
        _draw_box(canvas, layout, state, (layout.top(level), layout.left_of(side)), ends)
    _draw_wait(canvas, layout, waiting, here=any(end.stations[-1] == "TIME-WAIT" for end in ends))
    return canvas.rows()


def _draw_arrow(canvas: Canvas, arrow: Arrow, *, taken: bool) -> None:
    look = Look.PASSED if taken else Look.UNSEEN
    across, down, bend = ("-", "|", "+") if taken else (".", ":", ".")
    canvas.arrow(arrow.points, look, across=across, down=down, bend=bend)
    for row, column, text in arrow.words:
        canvas.put(row, column, text, Look.TAKEN if taken else Look.LABEL)


def _draw_box(canvas: Canvas, layout: Layout, state: str, at: Point, ends: Sequence[End]) -> None:
    here = [end.stations[-1] == state for end in ends]
    passed = [state in end.stations for end in ends]
    look = Look.HERE if any(here) else Look.PASSED if any(passed) else Look.UNSEEN
    edge, sides = {Look.HERE: ("=", "##"), Look.PASSED: ("-", "[]"), Look.UNSEEN: (".", "::")}[look]
    tags = [end.tag if h else end.tag.lower() if p else " " for end, h, p in zip(ends, here, passed, strict=True)]
    tags = [*tags, " ", " "][:2]
    row, column = at
    if layout.box_rows == 3:
        corner, sides = {"=": ("#", sides), "-": ("+", "||"), ".": (".", sides)}[edge]
        for line in (row, row + 2):
            canvas.put(line, column, f"{corner}{edge * (BOX - 2)}{corner}", look)
        row += 1
    name = "CLOSED" if state == GONE else state
    canvas.put(row, column, f"{sides[0]}{tags[0]} {name:^11} {tags[1]}{sides[1]}", look)


def _draw_wait(canvas: Canvas, layout: Layout, waiting: str, *, here: bool) -> None:
    start, end = layout.left_of("left") + BOX, layout.left_of("right") - 1
    text = f" {waiting} " if waiting else ""
    canvas.put(layout.middle(6), (start + end - len(text)) // 2, text, Look.HERE if here else Look.LABEL)
