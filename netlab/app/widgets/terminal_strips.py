"""A terminal's row as Textual draws it: styles, what is selected, the cursor."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from netlab.programs.cells import character_width, split_at
from netlab.programs.styles import Colour, Line
from netlab.programs.styles import Style as TextStyle


def strip_of(line: Line) -> Strip:
    """The row in its own colours."""
    return Strip([Segment(run.text, _style(run.style)) for run in line])


def selected(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The characters from start to end (-1: all that follow) in the colours of what is selected."""
    segments, at = [], 0
    for segment in strip:
        text = segment.text
        first = min(max(start - at, 0), len(text))
        last = len(text) if end < 0 else min(max(end - at, 0), len(text))
        own = segment.style or Style()
        parts = ((text[:first], own), (text[first:last], own + style), (text[max(last, first) :], own))
        segments += [Segment(part, look) for part, look in parts if part]
        at += len(text)
    return Strip(segments)


def with_cursor(strip: Strip, column: int, style: Style) -> Strip:
    """The cell of the cursor in its colours; a wide character has both of its cells so."""
    strip = strip.extend_cell_length(column + 1)
    width = max(character_width(split_at(strip.text, column)[1][:1] or " "), 1)
    under = [Segment(segment.text, style) for segment in strip.crop(column, column + width)]
    return Strip.join([strip.crop(0, column), Strip(under), strip.crop(column + width)])


@lru_cache(maxsize=512)
def _style(style: TextStyle) -> Style:
    """As Rich spells it. Colours of the palette's first sixteen are the theme's."""
    return Style(
        color=_colour(style.foreground),
        bgcolor=_colour(style.background),
        bold=style.bold or None,
        dim=style.dim or None,
        italic=style.italic or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        strike=style.strike or None,
    )


def _colour(colour: Colour) -> Color | None:
    if colour is None:
        return None
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)
