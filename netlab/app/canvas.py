"""A small sheet of cells that lines, boxes and words are drawn on. Pure ASCII, pure data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

Point = tuple[int, int]
"""Row and column."""


class Look(StrEnum):
    """What a cell is, for a theme to colour. The characters alone tell it as well."""

    PLAIN = "plain"
    UNSEEN = "unseen"  # a box or an arrow where nobody has been
    PASSED = "passed"  # where somebody has been
    HERE = "here"  # where somebody is
    LABEL = "label"  # what makes one go along an arrow that nobody took
    TAKEN = "taken"  # the same, along one that was taken


class Piece(NamedTuple):
    """A run of cells of one look."""

    text: str
    look: Look


class Canvas:
    """Rows by columns of blanks; what lies outside is not drawn."""

    def __init__(self, height: int, width: int) -> None:
        self._cells = [[(" ", Look.PLAIN)] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, look: Look) -> None:
        """Words, one cell a character."""
        for at, char in enumerate(text, column):
            if 0 <= row < len(self._cells) and 0 <= at < len(self._cells[row]):
                self._cells[row][at] = (char, look)

    def arrow(self, points: Sequence[Point], look: Look, *, across: str, down: str, bend: str) -> None:
        """A line along rows and columns from point to point; its head is at the last one."""
        for start, end in pairwise(points):
            for row, column in _between(start, end):
                self.put(row, column, across if start[0] == end[0] else down, look)
        for row, column in points[1:-1]:
            self.put(row, column, bend, look)
        self.put(*points[-1], _head(points[-2], points[-1]), look)

    def rows(self) -> list[list[Piece]]:
        """Every row as runs."""
        return [
            [Piece("".join(char for char, _ in run), look) for look, run in groupby(row, key=lambda cell: cell[1])]
            for row in self._cells
        ]


def _between(start: Point, end: Point) -> Iterator[Point]:
    """Every point from one to the other, both included."""
    for row in range(min(start[0], end[0]), max(start[0], end[0]) + 1):
        for column in range(min(start[1], end[1]), max(start[1], end[1]) + 1):
            yield row, column


def _head(before: Point, last: Point) -> str:
    if before[0] == last[0]:
        return ">" if last[1] >= before[1] else "<"
    return "v" if last[0] > before[0] else "^"
