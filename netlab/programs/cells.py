"""How many cells of a terminal a text takes: by code point, as terminals without grapheme support count.

Unicode Standard Annex 11 (East Asian Width): wide and full-width are two cells, ambiguous is one.
"""

from __future__ import annotations

import re

from netlab.record.cells import character_width

__all__ = ["UNSAFE", "cell_width", "character_width", "split_at", "without_controls"]

UNSAFE = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters but the newline
    r"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats
    r"\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0001-\U000e01ef"  # what makes another picture of the character before it
)
"""As the inside of a regular expression's brackets: what moves a real terminal, and what terminals do not agree how
wide it makes a character. An emoji joined from several is shown as its parts, which are as wide everywhere."""
_UNSAFE = re.compile(rf"[\n{UNSAFE}]")


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
    """The text without what a real terminal could obey or measure in its own way (see UNSAFE)."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub("", text)
