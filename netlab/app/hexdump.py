"""Bytes as hexadecimal and as text, with some of them lit. Pure.

    0020  00 02 89 c6[1e 6c]18 ad  |.....l..|

Brackets stand around what is lit, so that it is seen without colours as well.
"""

from __future__ import annotations

from typing import NamedTuple

_OFFSET = 6
"""Column of the first byte."""


class Run(NamedTuple):
    """Characters of a line that are drawn alike."""

    text: str
    lit: bool = False
    quiet: bool = False
    """An offset, or the frame around the text."""


def dump_width(per_row: int) -> int:
    """Cells of a line."""
    return _OFFSET + 4 * per_row + 3


def rows(size: int, per_row: int) -> int:
    """How many lines so many bytes take."""
    return -(-size // per_row)


def dump_row(data: bytes, row: int, per_row: int, lit: range) -> list[Run]:
    """One line of the dump."""
    start = row * per_row
    here = data[start : start + per_row]
    runs = [Run(f"{start:04x} ", quiet=True)]
    for at, byte in enumerate(here, start):
        before = _before(at, start, lit)
        runs += [Run(before, at in lit or before != " "), Run(f"{byte:02x}", at in lit)]
    last = start + len(here) - 1
    runs.append(Run("]" if last in lit else " ", last in lit))
    runs += [Run("   " * (per_row - len(here)) + " |", quiet=True)]
    runs += [Run(chr(byte) if 32 <= byte < 127 else ".", at in lit) for at, byte in enumerate(here, start)]
    return [*runs, Run(" " * (per_row - len(here)) + "|", quiet=True)]


def byte_at(x: int, row: int, per_row: int) -> int:
    """The offset of the byte that is drawn there, in either half; -1 where none is."""
    column = x - (_OFFSET - 1)
    if 0 <= column < 3 * per_row:
        return row * per_row + column // 3
    column = x - (_OFFSET + 3 * per_row + 2)
    return row * per_row + column if 0 <= column < per_row else -1


def _before(at: int, start: int, lit: range) -> str:
    """What separates a byte from the one before it on its line."""
    if at in lit and (at - 1 not in lit or at == start):
        return "["
    return "]" if at - 1 in lit and at not in lit and at > start else " "
