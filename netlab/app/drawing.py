"""Small helpers for drawing text in cells. Pure. What comes from a program, a file or an exception is cleaned here."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_REPLACED = frozenset({"Cf", "Cs", "Co", "Cn"})
"""Directions, joiners, halves of characters, private ones: what they do to a line cannot be foretold."""


def clean(text: str) -> str:
    """The text on one line, control characters as their pictures: no terminal obeys what a learner's bytes say."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_harmless(char) for char in text.translate(_PICTURES))


def clean_lines(text: str) -> str:
    """The same, with its line ends kept and tabs as four blanks."""
    return "\n".join(clean(line) for line in text.expandtabs(4).split("\n"))


def fit(text: str, width: int) -> str:
    """The text in exactly so many cells: cut (`..` says so) or filled with blanks."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(text, width) if width < 4 else set_cell_size(text, width - 2) + ".."


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return cell_len(text)


def pips(done: int, total: int, width: int = 10) -> str:
    """A measure that needs no colour: `====......`. Full only when everything is done, empty only when nothing is."""
    if not total:
        return " " * width
    filled = done * width // total
    filled = max(filled, 1) if done else 0
    return "=" * filled + "." * (width - filled)


def _harmless(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) in _REPLACED else char


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken at blanks where that can be; its own line ends are kept."""
    return [piece for line in text.split("\n") for piece in _wrap_line(line, max(width, 4))]


def _wrap_line(line: str, width: int) -> list[str]:
    pieces = []
    while cell_len(line) > width:
        cut = _cut_at(line, width)
        pieces.append(line[:cut].rstrip())
        line = line[cut:].lstrip()
    return [*pieces, line]


def _cut_at(line: str, width: int) -> int:
    """How many characters fit, back to the last blank if one is in the second half."""
    taken = end = 0
    while taken + cell_len(line[end]) <= width:
        taken += cell_len(line[end])
        end += 1
    blank = line.rfind(" ", 0, end + 1)
    return blank if blank > end // 2 else max(end, 1)
