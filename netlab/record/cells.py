"""How many terminal cells a text takes, and cutting and padding by cells instead of characters.

Pure and small: the ladder, the SVG picture, terminals and tables all measure with it. Wide is what Unicode's
East Asian Width (UAX #11) calls W or F; ambiguous glyphs count one cell, and netlab draws none of its own.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARK = "~"


def width(text: str) -> int:
    """Cells that the text takes; control characters count none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(character_width, text))


@lru_cache(maxsize=8192)
def character_width(character: str) -> int:
    """0, 1 or 2 cells: 0 for what joins the character before it, and for control characters."""
    if unicodedata.category(character) in ("Mn", "Me", "Cc", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0  # the latter are the second halves of Hangul syllables
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, cells: int, mark: str = _MARK) -> str:
    """The text, or as much of its beginning as fits, with `mark` at its end to show that something is missing."""
    if width(text) <= cells:
        return text
    if cells < width(mark):
        return mark[: max(cells, 0)]
    return head(text, cells - width(mark)) + mark


def head(text: str, cells: int) -> str:
    """As much of the beginning as fits into so many cells; a wide character is never halved."""
    if text.isascii() and text.isprintable():
        return text[: max(cells, 0)]
    used = 0
    for index, character in enumerate(text):
        used += character_width(character)
        if used > cells:
            return text[:index]
    return text


def pad(text: str, cells: int) -> str:
    """The text cut or filled with spaces on its right to exactly so many cells."""
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def pad_left(text: str, cells: int) -> str:
    """As `pad`, with the spaces on its left."""
    text = cut(text, cells)
    return " " * (cells - width(text)) + text
