"""The part of a terminal that a program can write on: so many rows of so many cells, and a cursor.

What it does is what ECMA-48 and ctlseqs (xterm) say; a row is there from when it was first needed. The cursor stands
behind the last cell of a full row until more is written: only then the next row begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from netlab.programs.cells import cell_width, split_at
from netlab.programs.history import Row
from netlab.programs.screen_line import ScreenLine
from netlab.programs.styles import PLAIN, Style

TAB = 8


@dataclass(frozen=True, slots=True)
class Saved:
    """What DECSC keeps of a cursor."""

    row: int = 0
    column: int = 0
    style: Style = PLAIN


class Window:
    """Rows, a cursor, and margins between which rows scroll."""

    def __init__(self, columns: int, rows: int, leaves: Callable[[Row], None] | None = None) -> None:
        """`leaves` is given each row that scrolls off the top; without it they are lost."""
        self.columns = columns
        self.rows = rows
        self._leaves = leaves
        self.row = 0
        """The cursor's, from 0."""
        self.column = 0
        """The cursor's, from 0; `columns` where a full row waits for more."""
        self.style = PLAIN
        """Of what is written from now on."""
        self.saved = Saved()
        self.wraps = True
        """Whether a text that is too long goes on in the next row (DECAWM)."""
        self.inserts = False
        """Whether what is written moves what is there to the right (IRM)."""
        self.from_margin = False
        """Whether rows are counted from the upper margin (DECOM)."""
        self.top, self.bottom = 0, rows - 1
        """The margins: first and last row of what scrolls."""
        self.lines: list[ScreenLine] = [ScreenLine(columns)]
        self.vertical_moves = 0
        """How often the program went to another row than the next: it draws, and does not just print."""

    # Writing.

    def write(self, text: str) -> None:
        """Text without control characters, over as many rows as it takes."""
        if text.isascii() and self.column + len(text) <= self.columns and not self.inserts:
            if text:
                self.column = self._here().write(self.column, text, self.style)
            return
        while text:
            fits, text = split_at(text, self.columns - self.column)
            if fits:
                if self.inserts:
                    self._here().insert(self.column, cell_width(fits), self.style)
                self.column = self._here().write(self.column, fits, self.style)
            if text and self.wraps:
                self._here().goes_on = True
                self.line_feed()
                self.column = 0
            elif text:  # only the last character is left to be seen, in the last cell
                text = text[-1]
                self.column = self.columns - max(cell_width(text), 1)

    def line_feed(self) -> None:
        """Down one row; at the lower margin everything moves up instead."""
        if self.row == self.bottom:
            self.scroll_up(1)
        elif self.row < self.rows - 1:
            self.row += 1

    def new_line(self) -> None:
        """To the beginning of the next row."""
        self.line_feed()
        self.column = 0

    def reverse_line_feed(self) -> None:
        """Up one row; at the upper margin everything moves down instead (RI)."""
        self.vertical_moves += 1
        if self.row == self.top:
            self.scroll_down(1)
        else:
            self.row = max(self.row - 1, 0)

    def tab(self, count: int = 1) -> None:
        """To the next tab stop; at the row's end by blanks, which look the same and can be copied."""
        for _ in range(min(count, self.columns)):
            distance = max(min(TAB - self.column % TAB, self.columns - 1 - self.column), 0)
            if self.column >= self._here().length:
                self.write(" " * distance)
            else:
                self.move_by(distance)

    def back_tab(self, count: int = 1) -> None:
        """To the tab stop before."""
        self.column = max((-(-self.column // TAB) - count) * TAB, 0)

    # Moving.

    def move_by(self, cells: int, rows: int = 0) -> None:
        """The cursor so far right and down (left and up where negative); rows end at the margins."""
        if cells:
            self.column = min(max(min(self.column, self.columns - 1) + cells, 0), self.columns - 1)
        if rows:
            self.vertical_moves += 1
            self.column = min(self.column, self.columns - 1)
            first = self.top if self.row >= self.top else 0
            last = self.bottom if self.row <= self.bottom else self.rows - 1
            self.row = min(max(self.row + rows, first), last)

    def move_to_column(self, column: int) -> None:
        """The cursor to a column from 0."""
        self.column = min(max(column, 0), self.columns - 1)

    def move_to(self, row: int, column: int) -> None:
        """The cursor to a place from 0, in the window or, if so chosen, between the margins (CUP)."""
        self.vertical_moves += 1
        first, last = (self.top, self.bottom) if self.from_margin else (0, self.rows - 1)
        self.row = min(max(first + row, first), last)
        self.move_to_column(column)

    def save_cursor(self) -> None:
        """Keeps place and style (DECSC)."""
        self.saved = Saved(self.row, self.column, self.style)

    def restore_cursor(self) -> None:
        """Place and style as they were kept (DECRC)."""
        self.vertical_moves += 1
        self.row, self.column = min(self.saved.row, self.rows - 1), min(self.saved.column, self.columns)
        self.style = self.saved.style

    # Erasing.

    def erase_in_line(self, mode: int) -> None:
        """From the cursor on (0), up to and with it (1), or everything (2); the cursor stays (EL)."""
        column = min(self.column, self.columns - 1)
        start, end = {0: (column, self.columns), 1: (0, column + 1)}.get(mode, (0, self.columns))
        self._here().fill(start, end, self.style)
        if mode != 1:
            self._here().goes_on = False

    def erase_below(self) -> None:
        """From the cursor to the window's end (ED 0)."""
        self.erase_in_line(0)
        self._blank_rows(self.row + 1, self.rows)

    def erase_above(self) -> None:
        """From the window's beginning up to and with the cursor (ED 1)."""
        self._blank_rows(0, self.row)
        self.erase_in_line(1)

    def erase_all(self) -> None:
        """Everything (ED 2); what can be kept as scroll-back is."""
        if self._leaves is not None:
            for row in self.written():
                self._leaves(row)
        self._blank_rows(0, self.rows)

    def blank(self, count: int) -> None:
        """Some cells from the cursor on (ECH)."""
        self.column = min(self.column, self.columns - 1)
        self._here().fill(self.column, min(self.column + count, self.columns), self.style)

    def delete_cells(self, count: int) -> None:
        """Takes out some cells at the cursor (DCH)."""
        self.column = min(self.column, self.columns - 1)
        self._here().delete(self.column, count, self.style)

    def insert_cells(self, count: int) -> None:
        """Makes room for some cells at the cursor (ICH)."""
        self.column = min(self.column, self.columns - 1)
        self._here().insert(self.column, count, self.style)

    # Rows that move.

    def set_margins(self, top: int, bottom: int) -> None:
        """First and last row of what scrolls, from 0; the cursor goes home (DECSTBM). Nonsense is passed over."""
        bottom = min(bottom, self.rows - 1)
        if 0 <= top < bottom:
            self.top, self.bottom = top, bottom
            self.move_to(0, 0)

    def scroll_up(self, count: int) -> None:
        """What is between the margins, by some rows; what goes over the window's top is scroll-back (SU)."""
        self._reach(self.bottom)
        for _ in range(min(count, self.bottom - self.top + 1)):
            gone = self.lines.pop(self.top)
            if self.top == 0 and self._leaves is not None:
                self._leaves(Row(gone.runs(), gone.goes_on))
            self.lines.insert(self.bottom, self._new_line())
        if self.top:
            self._part(self.top)

    def scroll_down(self, count: int) -> None:
        """What is between the margins, by some rows (SD)."""
        self._move_down(self.top, count)

    def insert_lines(self, count: int) -> None:
        """Makes room for some rows at the cursor (IL)."""
        if self.top <= self.row <= self.bottom:
            self.vertical_moves += 1
            self.column = 0
            self._move_down(self.row, count)

    def delete_lines(self, count: int) -> None:
        """Takes out some rows at the cursor (DL)."""
        if self.top <= self.row <= self.bottom:
            self.vertical_moves += 1
            self.column = 0
            self._reach(self.bottom)
            for _ in range(min(count, self.bottom - self.row + 1)):
                del self.lines[self.row]
                self.lines.insert(self.bottom, self._new_line())
            self._part(self.row)

    def _move_down(self, first: int, count: int) -> None:
        self._reach(self.bottom)
        for _ in range(min(count, self.bottom - first + 1)):
            del self.lines[self.bottom]
            self.lines.insert(first, self._new_line())
        self._part(first)
        self._part(self.bottom + 1)

    # For whoever keeps or shows it.

    @property
    def prints(self) -> bool:
        """Whether the cursor is at the end of all that is there, and nothing but printing is going on."""
        last = self.row == len(self.lines) - 1 and self.column >= self.lines[-1].length
        return last and self.wraps and not self.inserts and (self.top, self.bottom) == (0, self.rows - 1)

    def leave(self) -> None:
        """Lets every row go to the scroll-back; the window begins anew at its top."""
        for line in self.lines:
            if self._leaves is not None:
                self._leaves(Row(line.runs(), line.goes_on))
        self.lines = [ScreenLine(self.columns)]
        self.row = self.column = 0

    def written(self) -> list[Row]:
        """The rows as they look, down to the last one that has anything on it."""
        last = max((at for at, line in enumerate(self.lines) if line.length), default=-1)
        return [Row(line.runs(), line.goes_on) for line in self.lines[: last + 1]]

    def lay_out(self, columns: int, rows: int, lines: Sequence[Row], row: int, column: int) -> None:
        """Another size: these rows, the cursor there, and the whole window scrolls."""
        self.columns, self.rows = columns, rows
        self.top, self.bottom = 0, rows - 1
        self.lines = [ScreenLine(columns, line.line, goes_on=line.goes_on) for line in lines[:rows]]
        self.row, self.column = min(max(row, 0), rows - 1), min(column, columns)
        self._reach(self.row)

    def _here(self) -> ScreenLine:
        if self.row >= len(self.lines):
            self.reach_cursor()
        return self.lines[self.row]

    def reach_cursor(self) -> None:
        """The cursor's row is there, written or not."""
        self._reach(self.row)

    def _reach(self, row: int) -> None:
        while len(self.lines) <= row:
            self.lines.append(ScreenLine(self.columns))

    def _new_line(self) -> ScreenLine:
        line = ScreenLine(self.columns)
        if self.style.background is not None:
            line.fill(0, self.columns, self.style)
        return line

    def _blank_rows(self, start: int, end: int) -> None:
        if self.style.background is not None:
            self._reach(end - 1)
        for place in range(start, min(end, len(self.lines))):
            self.lines[place] = self._new_line()
        if end == self.rows and self.style.background is None:
            del self.lines[max(start, self.row + 1) :]
        self._reach(self.row)

    def _part(self, row: int) -> None:
        """The row above this one does not go on in it any more."""
        if 0 < row <= len(self.lines):
            self.lines[row - 1].goes_on = False
