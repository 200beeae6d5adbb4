"""Widths of text on a terminal, in cells: a Chinese character takes two. Pure."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """How many cells of a terminal the text takes; ambiguous characters (UAX 11) count as narrow."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def padded(text: str, width: int) -> str:
    """The text with spaces behind it up to `width` cells."""
    return text + " " * (width - cells(text))
