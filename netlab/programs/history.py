"""Rows of a terminal that nothing changes any more: those that scrolled off its top. And how a row is broken anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netlab.programs.cells import cell_width, split_at
from netlab.programs.styles import PLAIN, Line, Run

Place = tuple[int, int]
"""A row, and a cell in it."""


class Row(NamedTuple):
    """A row as it was left."""

    line: Line
    goes_on: bool = False
    """Its text goes on in the next row: it was too long for one."""


class History:
    """The last rows of many; `done` counts them all, so that a row has a number that never changes."""

    def __init__(self, most: int) -> None:
        self.rows: deque[Row] = deque(maxlen=most)
        self.done = 0

    @property
    def dropped(self) -> int:
        """Rows that were dropped from the front."""
        return self.done - len(self.rows)

    def add(self, row: Row) -> None:
        """One more at the end."""
        self.rows.append(row)
        self.done += 1

    def add_all(self, rows: Sequence[Row]) -> None:
        """Several more, of which only those need be given that are to be kept."""
        self.rows.extend(rows)
        self.done += len(rows)

    def replace(self, rows: Iterable[Row]) -> None:
        """These in place of all that are kept: broken at another width."""
        dropped = self.dropped
        self.rows.clear()
        self.rows.extend(rows)
        self.done = dropped + len(self.rows)


def broken(row: Row, columns: int) -> list[Row]:
    """A line in rows of at most so many cells; the last of them goes on if the line did."""
    rows: list[Row] = []
    runs: list[Run] = []
    room = columns
    for run in row.line:
        fits, rest = split_at(run.text, room)
        while rest:
            rows.append(Row((*runs, Run(fits, run.style)) if fits else tuple(runs), goes_on=True))
            runs, room = [], columns
            fits, rest = split_at(rest, room)
        if fits:
            runs.append(Run(fits, run.style))
            room -= cell_width(fits)
    rows.append(Row(tuple(runs), row.goes_on))
    return rows


def reflowed(rows: Sequence[Row], columns: int, places: Sequence[Place]) -> tuple[list[Row], list[Place]]:
    """The rows broken at another width, and where in them the places are now.

    Rows that go on in the next are one line; a line that ended is never joined with another.
    """
    flowed: list[Row] = []
    moved = list(places)
    for start, end in _lines(rows):
        before = len(flowed)
        flowed += _rebroken(rows[start:end], columns)
        for number, (row, cell) in enumerate(places):
            if start <= row < end:
                offset = sum(_width(one.line) for one in rows[start:row]) + cell
                moved[number] = _place_of(offset, flowed, before, columns)
    return flowed, moved


def _lines(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    start = 0
    for number, row in enumerate(rows, 1):
        if not row.goes_on or number == len(rows):
            yield start, number
            start = number


def _rebroken(rows: Sequence[Row], columns: int) -> list[Row]:
    if len(rows) == 1 and _width(rows[0].line) <= columns:
        return list(rows)
    whole = tuple(run for row in rows for run in row.line)
    return broken(Row(_without_end_blanks(whole)), columns)


def _without_end_blanks(line: Line) -> Line:
    """What erased a longer text before it, and would only make an empty row."""
    while line and line[-1].style == PLAIN:
        text = line[-1].text.rstrip(" ")
        if text:
            return (*line[:-1], Run(text)) if text != line[-1].text else line
        line = line[:-1]
    return line


def _place_of(offset: int, rows: Sequence[Row], first: int, columns: int) -> Place:
    """The row and cell that are so many cells behind the beginning of a row."""
    for number in range(first, len(rows) - 1):
        width = _width(rows[number].line)
        if offset < width:
            return number, offset
        offset -= width
    return len(rows) - 1, min(offset, columns)


def _width(line: Line) -> int:
    return sum(cell_width(run.text) for run in line)
