"""Why a checkpoint did not pass, laid out at a width: expected and got with their first difference marked. Pure."""

from __future__ import annotations

import re

from textual.content import Content

from netlab.app.drawing import cells, clean_lines, wrap
from netlab.app.texts import language, t
from netlab.checking.reports import told
from netlab.checking.verdicts import CheckpointResult, Verdict

_MARK = re.compile(r"^( *)\^ (.*)$")
"""What `checking.difference` writes below a value, at the first difference."""
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"$')
"""The value at the end of a line that says what was expected, as `checking.difference` writes it."""
_INDENT = "     "


def reasons(result: CheckpointResult, width: int) -> list[Content]:
    """What was asked, what came, where, what shows it, and the hint: each under its name, as far as there is any."""
    lines: list[Content] = []
    for name, text in told(result, language()).items():
        lines.append(Content.assemble((f"   {t(name)}", "$foreground-muted")))
        lines += [Content(_INDENT).append(row) for row in _rows(result, name, text, width - len(_INDENT) - 1)]
    return lines


def _rows(result: CheckpointResult, name: str, text: str, width: int) -> list[Content]:
    if name == "expected":
        return _value(text, "$text-success", width, _column_of_difference(text, result.got))
    if name == "got":
        return _value(text, "" if result.verdict is Verdict.PASSED else "$text-error", width)
    return _plain(text, "$text-accent" if name == "where" else "", width)


def _plain(text: str, style: str, width: int) -> list[Content]:
    return [Content.styled(line, style) for line in wrap(clean_lines(text), width)] if text else []


def _value(text: str, style: str, width: int, column: int | None = None) -> list[Content]:
    """A value in rows of the width. What differs is reversed, and a sign below says so: no colour is needed."""
    rows: list[Content] = []
    lines = clean_lines(text).split("\n") if text else []
    for n, line in enumerate(lines):
        mark = _MARK.match(lines[n + 1]) if n + 1 < len(lines) else None
        if n and _MARK.match(line):
            continue
        if mark:
            rows += _marked(line, len(mark[1]), mark[2], style, width)
        elif n == 0 and column is not None:
            rows += _lit(line, column, style, width)
        else:
            rows += _plain(line, style, width)
    return rows


def _column_of_difference(expected: str, got: str) -> int | None:
    """At which cell of the first line that expected it, where one is marked; words may stand before the value."""
    marks = [mark for line in got.split("\n")[1:2] if (mark := _MARK.match(line))]
    value = _VALUE.search(expected.partition("\n")[0])
    return cells(expected[: value.start()]) + len(marks[0][1]) if marks and value else None


def _marked(line: str, column: int, words: str, style: str, width: int) -> list[Content]:
    """The rows of a line, with the mark and its words below the row that it is in."""
    pieces = chopped(line, width)
    at = min(column // width, max(len(pieces) - 1, 0)) if cells(line) == len(line) else _row_of(pieces, column)
    here = column - sum(map(cells, pieces[:at]))
    rows = _lit(line, column, style, width)
    below = [Content.styled(f"{' ' * here}^ {words}", "$text-warning")]
    if here + 2 + cells(words) > width:
        below = [Content.styled(f"{' ' * here}^", "$text-warning"), *_plain(words, "$text-warning", width)]
    return [*rows[: at + 1], *below, *rows[at + 1 :]]


def _lit(line: str, column: int, style: str, width: int) -> list[Content]:
    """The rows of a line, the character at that cell reversed."""
    rows = []
    taken = 0
    for piece in chopped(line, width):
        at = _character_at(piece, column - taken)
        taken += cells(piece)
        lit = (piece[at : at + 1], f"{style} reverse") if at is not None else ""
        before = piece if at is None else piece[:at]
        rows.append(Content.assemble((before, style), lit, (piece[at + 1 :] if at is not None else "", style)))
    return rows


def _row_of(pieces: list[str], column: int) -> int:
    taken = 0
    for n, piece in enumerate(pieces):
        taken += cells(piece)
        if column < taken:
            return n
    return max(len(pieces) - 1, 0)


def _character_at(text: str, column: int) -> int | None:
    """Which character begins at that cell; None where the cell is not in the text."""
    at = 0
    for n, character in enumerate(text):
        if at >= column >= 0:
            return n
        at += cells(character)
    return None


def chopped(line: str, width: int) -> list[str]:
    """The line in pieces of at most so many cells, broken anywhere: bytes are not words."""
    pieces, begun = [], ""
    for character in line:
        if begun and cells(begun) + cells(character) > width:
            pieces.append(begun)
            begun = ""
        begun += character
    return [*pieces, begun]
