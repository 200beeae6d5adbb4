"""How many cells of a terminal a text takes: by code point, as terminals without grapheme support count.

Unicode Standard Annex 11 (East Asian Width): wide and full-width are two cells, ambiguous is one.
"""

from __future__ import annotations

import re

from netlab.record.cells import character_width

__all__ = ["cell_width", "character_width", "split_at", "without_controls"]

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def cell_width(text: str) -> int:
    """Cells that a text without control characters takes."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def split_at(text: str, room: int) -> tuple[str, str]:
    """The longest beginning that takes at most `room` cells, and the rest."""
    if text.isascii():
        return text[:room], text[room:]
    for place, character in enumerate(text):
        room -= character_width(character)
        if room < 0:
            return text[:place], text[place:]
    return text, ""


def without_controls(text: str) -> str:
    """The text without what could move a real terminal: controls, line separators, bidirectional overrides."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub("", text)
