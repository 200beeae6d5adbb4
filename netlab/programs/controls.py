"""Control sequences that move a window's cursor, erase or scroll: which final character does what (ECMA-48, 8.3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from netlab.programs.window import Window

_NUMBER_MAX = 4096
Numbers = tuple[int, ...]
"""The parameters of a sequence; 0 where one is left out."""


@lru_cache(maxsize=4096)
def numbers(parameters: str) -> Numbers:
    """`3;;7` as 3, 0, 7; nothing is greater than any terminal needs."""
    parts = parameters.replace(":", ";").split(";")[:16]
    return tuple(min(int(part[:5]), _NUMBER_MAX) if part[:5].isdecimal() else 0 for part in parts)


def obey(window: Window, final: str, given: Numbers) -> None:
    """Does what `CSI given final` says; what is not known is passed over."""
    does = _CONTROLS.get(final)
    if does is not None:
        does(window, given)


def _times(given: Numbers) -> int:
    return max(given[0], 1)


def _move_to(window: Window, given: Numbers) -> None:
    column = given[1] if len(given) > 1 else 0
    window.move_to(_times(given) - 1, max(column, 1) - 1)


def _move_to_row(window: Window, given: Numbers) -> None:
    window.move_to(_times(given) - 1, window.column)


def _to_row_start(window: Window, rows: int) -> None:
    window.move_by(0, rows)
    window.column = 0


def _erase_display(window: Window, given: Numbers) -> None:
    if given[0] == 0:
        window.erase_below()
    elif given[0] == 1:
        window.erase_above()
    elif given[0] == 2:  # 3 would take the scroll-back too: what a learner has seen stays
        window.erase_all()


def _set_margins(window: Window, given: Numbers) -> None:
    bottom = given[1] if len(given) > 1 else 0
    window.set_margins(_times(given) - 1, (bottom or window.rows) - 1)


_CONTROLS: dict[str, Callable[[Window, Numbers], None]] = {
    "@": lambda window, given: window.insert_cells(_times(given)),
    "A": lambda window, given: window.move_by(0, -_times(given)),
    "B": lambda window, given: window.move_by(0, _times(given)),
    "C": lambda window, given: window.move_by(_times(given)),
    "D": lambda window, given: window.move_by(-_times(given)),
    "E": lambda window, given: _to_row_start(window, _times(given)),
    "F": lambda window, given: _to_row_start(window, -_times(given)),
    "G": lambda window, given: window.move_to_column(_times(given) - 1),
    "H": _move_to,
    "I": lambda window, given: window.tab(_times(given)),
    "J": _erase_display,
    "K": lambda window, given: window.erase_in_line(given[0]),
    "L": lambda window, given: window.insert_lines(_times(given)),
    "M": lambda window, given: window.delete_lines(_times(given)),
    "P": lambda window, given: window.delete_cells(_times(given)),
    "S": lambda window, given: window.scroll_up(_times(given)),
    "T": lambda window, given: window.scroll_down(_times(given)),
    "X": lambda window, given: window.blank(_times(given)),
    "Z": lambda window, given: window.back_tab(_times(given)),
    "`": lambda window, given: window.move_to_column(_times(given) - 1),
    "a": lambda window, given: window.move_by(_times(given)),
    "d": _move_to_row,
    "e": lambda window, given: window.move_by(0, _times(given)),
    "f": _move_to,
    "r": _set_margins,
    "s": lambda window, given: window.save_cursor(),
    "u": lambda window, given: window.restore_cursor(),
}
