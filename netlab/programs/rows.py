"""All rows of a terminal as one sequence: the scroll-back, then the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from netlab.programs.history import History
from netlab.programs.styles import Line
from netlab.programs.window import Window


class Rows(Sequence[Line]):
    """The rows of a screen, as they are at the moment."""

    def __init__(self, history: History | None, window: Window) -> None:
        self._kept = history.rows if history is not None else ()
        self._window = window

    def __len__(self) -> int:
        return len(self._kept) + len(self._window.lines)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self[row] for row in range(*place.indices(len(self)))]
        place += len(self) * (place < 0)
        above = place - len(self._kept)
        return self._kept[place].line if above < 0 else self._window.lines[above].runs()

    def goes_on(self, place: int) -> bool:
        """Whether this row's text goes on in the next, and only the width made it two."""
        above = place - len(self._kept)
        return self._kept[place].goes_on if above < 0 else self._window.lines[above].goes_on
