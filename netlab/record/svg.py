"""A ladder as an SVG picture: the same rows as text, self-contained, light or dark as its reader is.

Every span is set at its own cell and stretched to its cells, so columns line up in whatever monospace font there is,
Chinese text included. No font, script or picture comes from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from netlab.record.cells import width
from netlab.record.rows import Role, Row

_CELL, _LINE, _MARGIN = 8.4, 19, 12
_SIZE = 14
_FONTS = (
    "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', "
    "'Source Han Mono SC', 'Microsoft YaHei Mono', monospace"
)

_LIGHT = {
    "paper": "#ffffff", "ink": "#24292f", "faint": "#6e7781", "blue": "#0550ae", "green": "#116329", "red": "#b3261e",
    "purple": "#6639ba", "brown": "#7d4e00",
}  # fmt: skip
_DARK = {
    "paper": "#15191f", "ink": "#d9dee4", "faint": "#8b949e", "blue": "#79b8ff", "green": "#7ee787", "red": "#ff8f87",
    "purple": "#d2a8ff", "brown": "#f0b25e",
}  # fmt: skip
_COLOURS: dict[Role, str] = {
    Role.HEADING: "ink", Role.DELAY: "faint", Role.NUMBER: "faint", Role.ARROW: "faint", Role.FLAGS: "blue",
    Role.NUMBERS: "ink", Role.PAYLOAD: "green", Role.FATE: "red", Role.AGAIN: "brown", Role.PROBLEM: "red",
    Role.STATE: "purple", Role.CALL: "ink", Role.WAITING: "brown", Role.RESULT: "ink", Role.ERROR: "red",
    Role.PROGRAM: "faint", Role.TERMINAL: "green", Role.ACTION: "brown", Role.NOTICE: "red", Role.PLAIN: "ink",
}  # fmt: skip
_BOLD = (Role.HEADING, Role.FLAGS, Role.FATE, Role.STATE)


def svg(rows: Iterable[Row], title: str = "") -> str:
    """The picture of rows, such as `Ladder.all_rows()` gives."""
    drawn = list(rows)
    cells = max((width(row.text) for row in drawn), default=0)
    wide, high = cells * _CELL + 2 * _MARGIN, len(drawn) * _LINE + 2 * _MARGIN
    size = f'width="{wide:.0f}" height="{high}" viewBox="0 0 {wide:.0f} {high}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(_legal(title))}</title>",
        f"<style>{_style()}</style>",
        '<rect class="paper" width="100%" height="100%"/>',
    ]
    for index, row in enumerate(drawn):
        lines += _text(row, _MARGIN + index * _LINE + _SIZE)
    return "\n".join([*lines, "</svg>", ""])


def _text(row: Row, y: int) -> Iterator[str]:
    cell = 0
    for span in row.spans:
        text, taken = span.text, width(span.text)
        if text.strip():
            x = _MARGIN + cell * _CELL
            length = f' textLength="{taken * _CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text class="{span.role}" x="{x:.1f}" y="{y}"{length}>{escape(_legal(text))}</text>'
        cell += taken


def _legal(text: str) -> str:
    """XML 1.0 has no place for control characters, surrogates and non-characters, escaped or not."""
    return "".join(c if c.isprintable() and c not in "\ufffe\uffff" else "?" for c in text)


def _style() -> str:
    roles = "".join(f".{role}{{fill:var(--{colour})}}" for role, colour in _COLOURS.items())
    bold = ",".join(f".{role}" for role in _BOLD)
    return (
        f":root{{{_variables(_LIGHT)}}}@media(prefers-color-scheme:dark){{:root{{{_variables(_DARK)}}}}}"
        f".paper{{fill:var(--paper)}}text{{font:{_SIZE}px {_FONTS};white-space:pre}}{roles}{bold}{{font-weight:bold}}"
    )


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())
