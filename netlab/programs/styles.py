"""Colours and attributes of text on a terminal, and the escape sequence that sets them (ECMA-48, 8.3.117 SGR)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

Colour = int | tuple[int, int, int] | None
"""A place in the palette of 256, red-green-blue of 0 to 255 each, or the terminal's default."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks."""

    foreground: Colour = None
    background: Colour = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


PLAIN = Style()


class Run(NamedTuple):
    """Text of one style; never empty, never with a control character."""

    text: str
    style: Style = PLAIN


Line = tuple[Run, ...]

_ATTRIBUTES: dict[int, dict[str, bool]] = {
    1: {"bold": True},
    2: {"dim": True},
    3: {"italic": True},
    4: {"underline": True},
    7: {"reverse": True},
    9: {"strike": True},
    21: {"underline": True},
    22: {"bold": False, "dim": False},
    23: {"italic": False},
    24: {"underline": False},
    27: {"reverse": False},
    29: {"strike": False},
}


@lru_cache(maxsize=1024)
def styled(style: Style, parameters: str) -> Style:
    """The style after `CSI parameters m`; what is not known is passed over."""
    codes = iter(_numbers(parameters))
    for code in codes:
        style = _after(style, code, codes)
    return style


def _numbers(parameters: str) -> list[int]:
    return [int(part[:4]) if part.isdecimal() else 0 for part in parameters.replace(":", ";").split(";")]


def _after(style: Style, code: int, more: Iterator[int]) -> Style:
    if code == 0:
        return PLAIN
    if code in _ATTRIBUTES:
        return replace(style, **_ATTRIBUTES[code])
    return _coloured(style, code, more)


def _coloured(style: Style, code: int, more: Iterator[int]) -> Style:
    colour: Colour
    if code in (38, 48):
        colour = _extended(more)
    elif 30 <= code <= 49:
        colour = None if code % 10 == 9 else code % 10
    elif 90 <= code <= 97 or 100 <= code <= 107:
        colour = code % 10 + 8
    else:
        return style
    is_background = 40 <= code <= 49 or code >= 100
    return replace(style, background=colour) if is_background else replace(style, foreground=colour)


def _extended(more: Iterator[int]) -> Colour:
    """What follows 38 or 48: `5;n` of the palette, `2;r;g;b`."""
    kind = next(more, 0)
    if kind == 5:
        return min(next(more, 0), 255)
    if kind != 2:
        return None
    red, green, blue = (min(next(more, 0), 255) for _ in range(3))
    return red, green, blue
