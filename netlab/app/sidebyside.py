"""Two texts, line against line: what is only in one of them has nothing beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Beside:
    """One row: line numbers (from 0) on the left and the right; None where there is nothing."""

    left: int | None
    right: int | None
    same: bool


def beside(left: list[str], right: list[str]) -> list[Beside]:
    """The rows. Blanks at a line's end make no difference."""
    matcher = SequenceMatcher(None, [line.rstrip() for line in left], [line.rstrip() for line in right], autojunk=False)
    rows: list[Beside] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        rows += _rows(range(a, b), range(c, d), same=kind == "equal")
    return rows


def _rows(left: range, right: range, *, same: bool) -> Iterator[Beside]:
    for a, b in zip_longest(left, right):
        yield Beside(a, b, same)
