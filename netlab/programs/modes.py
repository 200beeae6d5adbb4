"""What a program switched on at its terminal that changes what the terminal sends, or how it looks (ctlseqs, xterm)."""

from __future__ import annotations

from dataclasses import dataclass

APPLICATION_KEYS, CURSOR_SEEN, PASTE = 1, 25, 2004
ORIGIN, WRAPS = 6, 7
ALTERNATE = frozenset({47, 1047, 1049})
SAVE_CURSOR = 1048
INSERT = 4
"""The one mode here that is no private one (ECMA-48, IRM)."""


@dataclass(frozen=True, slots=True)
class Modes:
    """As a terminal starts."""

    application_keys: bool = False
    """Cursor keys are sent as `ESC O A`, not `ESC [ A` (DECCKM): curses asks for it."""
    cursor_seen: bool = True
    """The cursor is drawn (DECTCEM)."""
    brackets_paste: bool = False
    """A pasted text is sent between `ESC [ 200 ~` and `ESC [ 201 ~`: readline asks for it."""


NAMES = {APPLICATION_KEYS: "application_keys", CURSOR_SEEN: "cursor_seen", PASTE: "brackets_paste"}
"""Which private mode is which field."""
