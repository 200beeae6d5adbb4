"""One row of a terminal: cells with text and style. Where a cursor stands is the window's business.

Nearly always text only comes at a row's end: it is kept as text then, and its cells are made when something is written
into them.
"""

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
    """A row of at most `columns` cells; those behind the last written one are not there."""

    __slots__ = ("_cells", "_characters", "_columns", "_length", "_runs", "goes_on")

    def __init__(self, columns: int, line: Line = (), *, goes_on: bool = False) -> None:
        self._columns = columns
        self._runs = list(line)
        self._characters = sum(len(run.text) for run in line)
        self._length = sum(cell_width(run.text) for run in line)
        self._cells: list[_Cell] | None = None
        self.goes_on = goes_on
        """Whether the text goes on in the next row because this one was full, and not because a line ended."""

    @property
    def length(self) -> int:
        """Cells up to the last written one."""
        return self._length if self._cells is None else len(self._cells)

    def runs(self) -> Line:
        """The row as it looks now."""
        if self._cells is None:
            return tuple(self._runs)
        groups = groupby(self._cells, key=itemgetter(1))
        return tuple(Run("".join(text for text, _ in cells), style) for style, cells in groups)

    def write(self, column: int, text: str, style: Style) -> int:
        """Put text over what is there, from a column on; the column behind it.

        The text holds no control character, and has room before the margin.
        """
        if self._cells is None and column == self._length and self._characters + len(text) <= 4 * self._columns:
            return self._append(text, style)
        cells = self._editable()
        if text.isascii():
            return self._write_ascii(cells, column, text, style)
        for character in text:
            column = self._put(cells, column, character, style)
        return column

    def fill(self, start: int, end: int, style: Style) -> None:
        """Blanks of this style's background from start up to end; none need be there at the row's end."""
        cells = self._editable()
        blank = _blank(style)
        if blank is not _BLANK:
            cells.extend([_BLANK] * (start - len(cells)))
        else:
            end = min(end, len(cells))
        if start < end:
            self._overwrite(cells, start, end, blank)
        if end == len(cells) and blank is _BLANK:
            del cells[start:]

    def delete(self, column: int, count: int, style: Style) -> None:
        """Take out some cells; what follows moves left (DCH)."""
        cells = self._editable()
        end = min(column + count, len(cells))
        if column < end:
            self._overwrite(cells, column, end, _BLANK)
            del cells[column:end]
            if style.background is not None:
                self.fill(self._columns - (end - column), self._columns, style)

    def insert(self, column: int, count: int, style: Style) -> None:
        """Make room for some cells; what leaves at the margin is gone (ICH)."""
        cells = self._editable()
        if column < len(cells):
            self._split(cells, column)
            cells[column:column] = [_blank(style)] * min(count, self._columns)
            self._split(cells, self._columns)
            del cells[self._columns :]

    def _append(self, text: str, style: Style) -> int:
        self._length += cell_width(text)
        self._characters += len(text)
        runs = self._runs
        if runs and (runs[-1].style is style or runs[-1].style == style):
            text = runs.pop().text + text
        runs.append(Run(text, style))
        return self._length

    def _editable(self) -> list[_Cell]:
        if self._cells is None:
            self._cells, column = [], 0
            for run in self._runs:
                for character in run.text:
                    column = self._put(self._cells, column, character, run.style)
        return self._cells

    def _write_ascii(self, cells: list[_Cell], column: int, text: str, style: Style) -> int:
        end = column + len(text)
        cells.extend([_BLANK] * (column - len(cells)))
        self._split(cells, column)
        self._split(cells, end)
        cells[column:end] = [(character, style) for character in text]
        return end

    def _put(self, cells: list[_Cell], column: int, character: str, style: Style) -> int:
        width = character_width(character)
        if width == 0:
            self._join(cells, column, character)
            return column
        end = column + width
        cells.extend([_BLANK] * (end - len(cells)))
        self._overwrite(cells, column, end, _BLANK)
        cells[column] = (character, style)
        if width == 2:
            cells[column + 1] = (_SECOND_HALF, style)
        return end

    def _join(self, cells: list[_Cell], column: int, mark: str) -> None:
        place = min(column, len(cells)) - 1
        if place > 0 and cells[place][0] == _SECOND_HALF:
            place -= 1
        if place >= 0 and len(cells[place][0]) <= _JOINED_MAX:
            cells[place] = (cells[place][0] + mark, cells[place][1])

    def _overwrite(self, cells: list[_Cell], start: int, end: int, blank: _Cell) -> None:
        """Blank these cells, and the other half of a wide character that is cut through."""
        self._split(cells, start)
        self._split(cells, end)
        cells[start:end] = [blank] * (end - start)

    @staticmethod
    def _split(cells: list[_Cell], border: int) -> None:
        if 0 < border < len(cells) and cells[border][0] == _SECOND_HALF:
            cells[border - 1] = cells[border] = _BLANK


def _blank(style: Style) -> _Cell:
    """What erasing leaves: the background in force, and nothing else of the style (xterm's `bce`)."""
    return _BLANK if style.background is None else (" ", Style(background=style.background))
