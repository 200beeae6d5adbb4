"""A program's terminal: its lines drawn from the program's own output, every key typed into it while it has the focus.

The view reads the transcript when it draws: a program that floods its terminal costs at most BUDGET a frame, and what
the view could not take in time it skips, saying so. Shift+PageUp and the wheel scroll back.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from netlab.app.keys import bindings
from netlab.app.keystrokes import pasted, typed
from netlab.programs.program import Program
from netlab.programs.screen import Screen
from netlab.programs.screen import Style as TextStyle
from netlab.programs.styles import Colour
from netlab.session.session import LabSession

BUDGET = 0.008
"""Seconds of a frame that all terminals together may spend on output."""
PIECE = 16_384
"""Bytes taken in between two looks at the clock."""
FARTHEST = 262_144
"""Bytes that the view may be behind before it skips."""


class TerminalView(ScrollView, can_focus=True):
    """The lines of one terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("terminal")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"terminal--cursor", "terminal--quiet"}
    takes_all_keys = True
    """Only keys that come before everything else are not the program's."""

    def __init__(self, session: LabSession, terminal: str) -> None:
        super().__init__()
        self._session = session
        self._terminal = terminal
        self._program: Program | None = None
        self._taken = 0
        self._output = b""
        self._show()
        self.idle = ""
        """What stands here before the first run."""

    # Output.

    def watch_program(self, program: Program | None) -> None:
        """Shows this program's output, from its beginning; None shows an empty terminal."""
        self._program, self._taken, self._output = program, 0, b""
        self._show()
        self._tell_size()
        self._fit()

    def show_output(self, data: bytes) -> None:
        """Shows what a program wrote in a run that is over."""
        self._program, self._output = None, data
        self._show(data)
        self._fit()

    def pull(self, budget: float = BUDGET) -> None:
        """Takes in what the program wrote since the last look."""
        program = self._program
        if program is None or program.transcript.total == self._taken:
            return
        transcript = program.transcript
        skipped = transcript.total - self._taken - FARTHEST
        if skipped > 0:
            self._screen.feed(_left_out(skipped))
        data = transcript.raw(self._taken + max(skipped, 0))
        self._taken = transcript.total
        self._feed(data, time.monotonic() + budget)
        self._fit()

    def _feed(self, data: bytes, deadline: float) -> None:
        """All of it or, when the time is up, its end."""
        at = 0
        while at < len(data) and time.monotonic() < deadline:
            self._screen.feed(data[at : at + PIECE])
            at += PIECE
        rest = len(data) - at
        if rest > PIECE:
            self._screen.feed(_left_out(rest - PIECE))
        if rest > 0:
            self._screen.feed(data[-min(rest, PIECE) :])

    def _show(self, output: bytes = b"") -> None:
        """Begins an empty screen of the width that is there."""
        self._screen = Screen(self._columns)
        self._follows = True
        if output:
            self._screen.feed(output)

    @property
    def _columns(self) -> int:
        return (self.scrollable_content_region.width if self.is_attached else 0) or 80

    def _fit(self) -> None:
        """As many rows as there are; after the program cleared its screen, a whole window of them."""
        screen, window = self._screen, self.scrollable_content_region.height
        height = max(len(screen.lines), screen.cleared + window if screen.cleared else 0)
        self.virtual_size = Size(self._columns, height)
        if self._follows:
            self.scroll_end(animate=False, immediate=True, force=True, x_axis=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        row = y + self.scroll_offset.y
        if self._screen.version == 0 and self._program is None:
            strip = Strip([Segment(self.idle if y == 0 else "", self.get_component_rich_style("terminal--quiet"))])
        elif row < len(self._screen.lines):
            strip = self._row(row)
        else:
            strip = Strip([])
        strip = strip.apply_style(base).adjust_cell_length(width, base)
        return strip.apply_offsets(0, row)

    def _row(self, row: int) -> Strip:
        strip = Strip([Segment(run.text, _style(run.style)) for run in self._screen.lines[row]])
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(row)) is not None:
            strip = _selected(strip, *span, self.screen.get_component_rich_style("screen--selection"))
        if self._shows_cursor and row == self._screen.cursor[0]:
            return self._with_cursor(strip, self._screen.cursor[1])
        return strip

    @property
    def _shows_cursor(self) -> bool:
        return self.has_focus and self._program is not None and self._program.ended is None

    def _with_cursor(self, strip: Strip, column: int) -> Strip:
        strip = strip.extend_cell_length(column + 1)
        style = self.get_component_rich_style("terminal--cursor")
        under = [Segment(segment.text, style) for segment in strip.crop(column, column + 1)]
        return Strip.join([strip.crop(0, column), Strip(under), strip.crop(column + 1)])

    # Keys.

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "shift+pageup":
            self.scroll_page_up(animate=False)
        elif event.key == "shift+pagedown":
            self.scroll_page_down(animate=False)
        elif data := typed(event.key, event.character):
            self._type(data)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._type(pasted(event.text))

    def _type(self, data: bytes) -> None:
        self._follows = True
        self._session.type(self._terminal, data)

    # What the mouse selected.

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text itself: no colours, no blanks that nobody wrote."""
        lines = ("".join(run.text for run in line).rstrip() for line in self._screen.lines)
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    # Size, focus, scrolling.

    def on_resize(self) -> None:
        self._tell_size()
        if self._screen.columns != self._columns:
            self._lay_out_again()
        self._fit()

    def _lay_out_again(self) -> None:
        """Another width: what is kept of the output is read again, its long lines broken elsewhere."""
        kept = self._program.transcript.raw() if self._program else self._output
        self._show(kept)

    def _tell_size(self) -> None:
        width, height = self.scrollable_content_region.size
        if width and height:
            self._session.resize(self._terminal, width, height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._follows = new_value >= self.max_scroll_y


def _selected(strip: Strip, start: int, end: int, style: Style) -> Strip:
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


def _left_out(count: int) -> bytes:
    return f"\r\n\x1b[2m[{count:,} bytes]\x1b[0m\r\n".encode()
