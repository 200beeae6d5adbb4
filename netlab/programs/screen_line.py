"""The line that a terminal is writing on: text is appended, or, after the cursor moved, written into its cells."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from netlab.programs.cells import cell_width, character_width
from netlab.programs.styles import PLAIN, Line, Run, Style

_JOINED_MAX = 8  # combining characters that one cell takes: a hostile text stacks thousands
_Cell = tuple[str, Style]
_BLANK: _Cell = (" ", PLAIN)
_SECOND_HALF = ""  # the text of the cell behind a wide character


class ScreenLine:
    """One line with a cursor. Nearly always text only comes at its end: the cells are made when it does not."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._runs: list[Run] = []
        self._length = 0
        self._cells: list[_Cell] | None = None
        self._column = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is on it."""
        return not (self._runs if self._cells is None else self._cells)

    @property
    def column(self) -> int:
        """The cursor's cell, from 0."""
        return self._length if self._cells is None else self._column

    @property
    def at_end(self) -> bool:
        """Whether nothing is under the cursor or behind it."""
        return self._cells is None or self._column >= len(self._cells)

    def runs(self) -> Line:
        """The line as it looks now."""
        if self._cells is None:
            return tuple(self._runs)
        groups = groupby(self._cells, key=itemgetter(1))
        return tuple(Run("".join(text for text, _ in cells), style) for style, cells in groups)

    def write(self, text: str, style: Style) -> None:
        """Put text at the cursor, over what is there. It holds no control character, and has room before the margin."""
        if self._cells is not None:
            self._write_cells(self._cells, text, style)
            return
        self._length += cell_width(text)
        if self._runs and self._runs[-1].style == style:
            text = self._runs.pop().text + text
        self._runs.append(Run(text, style))

    def move_to(self, column: int) -> None:
        """Put the cursor on a cell; behind the end there are blanks as soon as something is written."""
        self._editable()
        self._column = min(max(0, column), self._columns - 1)

    def move_by(self, cells: int) -> None:
        """Move the cursor left (negative) or right."""
        self.move_to(self.column + cells)

    def erase(self, mode: int) -> None:
        """Erase from the cursor on (0), up to and with it (1), or everything (2); the cursor stays (ECMA-48, EL)."""
        cells = self._editable()
        if mode == 1:
            self._overwrite(cells, 0, min(self._column + 1, len(cells)))
        elif mode == 2:
            cells.clear()
        else:
            self._overwrite(cells, self._column, len(cells))
            del cells[self._column :]

    def blank(self, count: int) -> None:
        """Erase some cells from the cursor on (ECH)."""
        cells = self._editable()
        self._overwrite(cells, self._column, min(self._column + count, len(cells)))

    def delete(self, count: int) -> None:
        """Take out some cells at the cursor; what follows moves left (DCH)."""
        cells = self._editable()
        end = min(self._column + count, len(cells))
        self._overwrite(cells, self._column, end)
        del cells[self._column : end]

    def insert(self, count: int) -> None:
        """Make room for some cells at the cursor (ICH)."""
        cells = self._editable()
        self._split(cells, self._column)
        cells[self._column : self._column] = [_BLANK] * count
        self._split(cells, self._columns)
        del cells[self._columns :]

    def _editable(self) -> list[_Cell]:
        if self._cells is None:
            self._cells, self._column = [], 0
            for run in self._runs:
                self._write_cells(self._cells, run.text, run.style)
        return self._cells

    def _write_cells(self, cells: list[_Cell], text: str, style: Style) -> None:
        if not text.isascii():
            for character in text:
                self._put(cells, character, style)
            return
        end = self._column + len(text)
        cells.extend([_BLANK] * (self._column - len(cells)))
        self._split(cells, self._column)
        self._split(cells, end)
        cells[self._column : end] = [(character, style) for character in text]
        self._column = end

    def _put(self, cells: list[_Cell], character: str, style: Style) -> None:
        width = character_width(character)
        if width == 0:
            self._join(cells, character)
            return
        end = self._column + width
        cells.extend([_BLANK] * (end - len(cells)))
        self._overwrite(cells, self._column, end)
        cells[self._column] = (character, style)
        if width == 2:
            cells[self._column + 1] = (_SECOND_HALF, style)
        self._column = end

    def _join(self, cells: list[_Cell], mark: str) -> None:
        place = min(self._column, len(cells)) - 1
        if place > 0 and cells[place][0] == _SECOND_HALF:
            place -= 1
        if place >= 0 and len(cells[place][0]) <= _JOINED_MAX:
            cells[place] = (cells[place][0] + mark, cells[place][1])

    def _overwrite(self, cells: list[_Cell], start: int, end: int) -> None:
        """Blank these cells, and the other half of a wide character that is cut through."""
        self._split(cells, start)
        self._split(cells, end)
        cells[start:end] = [_BLANK] * (end - start)

    @staticmethod
    def _split(cells: list[_Cell], border: int) -> None:
        if 0 < border < len(cells) and cells[border][0] == _SECOND_HALF:
            cells[border - 1] = cells[border] = _BLANK
