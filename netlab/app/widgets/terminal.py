"""A program's terminal: its screen drawn, every key typed into it while it has the focus.

What is not typed: the keys that come before everything else (function keys, Alt with an arrow, Alt-C, Alt-P, Ctrl-]),
Shift or Alt with PageUp and PageDown, which scroll back, and Shift with an arrow, Home or End, which selects.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip

from netlab.app.keys import bindings
from netlab.app.keystrokes import pasted, typed
from netlab.app.scrolling import GrowingView
from netlab.app.widgets.terminal_output import BUDGET, TerminalOutput
from netlab.app.widgets.terminal_selection import Marking, moved_up, selected_text
from netlab.app.widgets.terminal_strips import selected, strip_of, with_cursor
from netlab.programs.program import Program
from netlab.programs.screen import Screen
from netlab.session.session import LabSession

WHEEL = 3
"""Rows that a turn of the wheel is."""


class TerminalView(GrowingView, can_focus=True):
    """The rows of one terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("terminal")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"terminal--cursor", "terminal--quiet"}
    takes_all_keys = True
    """Only keys that come before everything else are not the program's."""

    def __init__(self, session: LabSession, terminal: str) -> None:
        super().__init__()
        self._session = session
        self._terminal = terminal
        self._output = TerminalOutput(80, 24)
        self._follows = True
        self._marking: Marking | None = None
        self._dropped = 0
        self.idle = ""
        """What stands here before the first run."""

    @property
    def program_screen(self) -> Screen:
        """What the program shows."""
        return self._output.screen

    # Output.

    def watch_program(self, program: Program | None) -> None:
        """Shows this program's output, from its beginning; None shows an empty terminal."""
        self._output.watch(program)
        self._begin()
        self._tell_size()

    def show_output(self, data: bytes) -> None:
        """Shows what a program wrote in a run that is over."""
        self._output.show(data)
        self._begin()

    def _begin(self) -> None:
        self._follows, self._dropped = True, self.program_screen.dropped
        self._select(None)
        self._fit()

    def pull(self, budget: float = BUDGET) -> None:
        """Takes in what the program wrote since the last look."""
        if self._output.pull(budget):
            self._keep_selection()
            self._fit()

    def _fit(self) -> None:
        """As many rows as there are, the whole window among them; the end of them, unless the learner looks back."""
        screen, width = self.program_screen, self.scrollable_content_region.width
        self.grow(Size(width, max(screen.top + screen.height, len(screen.lines))))
        if self._follows and self._selection is None:
            self.scroll_end(animate=False, immediate=True, force=True, x_axis=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        row = y + self.scroll_offset.y
        if self._output.program is None and self.program_screen.blank:
            strip = Strip([Segment(self.idle if y == 0 else "", self.get_component_rich_style("terminal--quiet"))])
        elif row < len(self.program_screen.lines):
            strip = self._row(row)
        else:
            strip = Strip([])
        return strip.apply_style(base).adjust_cell_length(width, base).apply_offsets(0, row)

    def _row(self, row: int) -> Strip:
        strip = strip_of(self.program_screen.lines[row])
        selection = self._selection
        if selection is not None and (span := selection.get_span(row)) is not None:
            strip = selected(strip, *span, self.screen.get_component_rich_style("screen--selection"))
        if self._shows_cursor and row == self.program_screen.cursor[0]:
            style = self.get_component_rich_style("terminal--cursor")
            return with_cursor(strip, self.program_screen.cursor[1], style)
        return strip

    @property
    def _shows_cursor(self) -> bool:
        program = self._output.program
        alive = program is not None and program.ended is None
        return self.has_focus and alive and self.program_screen.modes.cursor_seen

    # Keys.

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        modifier, _, key = event.key.rpartition("+")
        if modifier == "shift" and key in ("left", "right", "up", "down", "home", "end"):
            self._mark(key)
        elif event.key == "escape" and self._selection is not None:
            self._select(None)
        elif data := typed(event.key, event.character, application=self.program_screen.modes.application_keys):
            self._type(data)

    def action_page(self, by: int) -> None:
        """Scrolls back or on."""
        if by < 0:
            self.scroll_page_up(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._type(pasted(event.text, bracketed=self.program_screen.modes.brackets_paste))

    def _type(self, data: bytes) -> None:
        self._select(None)
        self._follows = True
        self._fit()
        self._session.type(self._terminal, data)

    # What is selected.

    @property
    def _selection(self) -> Selection | None:
        return self.text_selection if self.is_attached else None

    def _select(self, selection: Selection | None) -> None:
        if selection is None:
            self._marking = None
        if selection != self._selection:
            others = {widget: kept for widget, kept in self.screen.selections.items() if widget is not self}
            self.screen.selections = others if selection is None else {self: selection}

    def _mark(self, direction: str) -> None:
        """Selects with the keys, from the cursor on, and keeps the end that moves in sight."""
        if self._marking is None or self._selection is None:
            self._marking = Marking(self.program_screen)
        self._select(self._marking.move(direction))
        row, first, height = self._marking.head.y, self.scroll_offset.y, self.scrollable_content_region.height
        if not first <= row < first + height:
            self.scroll_to(y=row if row < first else row - height + 1, animate=False, immediate=True)

    def _keep_selection(self) -> None:
        """The same text stays selected, and in its place, while rows are dropped above it."""
        rows, self._dropped = self.program_screen.dropped - self._dropped, self.program_screen.dropped
        if rows > 0 and (selection := self._selection) is not None:
            if self._marking is not None:
                self._marking.shift_up(rows)
            self._select(moved_up(selection, rows))
        if rows > 0 and not (self._follows and self._selection is None):
            self.scroll_to(y=max(self.scroll_offset.y - rows, 0), animate=False, immediate=True, force=True)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selected_text(self.program_screen, selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        if selection is None:
            self._marking = None
            self._fit()
        self.refresh()

    # Size, focus, scrolling.

    def on_resize(self) -> None:
        width, height = self.scrollable_content_region.size
        screen = self.program_screen
        if width and height and (width, height) != (screen.columns, screen.height):
            self._tell_size()
            self._select(None)
            top = screen.resize(width, height, min(self.scroll_offset.y, len(screen.lines) - 1))
            self._dropped = screen.dropped
            self._fit()
            if not self._follows:
                self.scroll_to(y=top, animate=False, immediate=True, force=True)
        else:
            self._fit()

    def _tell_size(self) -> None:
        width, height = self.scrollable_content_region.size
        if width and height:
            self._session.resize(self._terminal, width, height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._follows = new_value >= self.max_scroll_y

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, "up")

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, "down")

    def _wheel(self, event: events.MouseScrollUp | events.MouseScrollDown, direction: str) -> None:
        """Scrolls; on the second screen, which has nothing to scroll, it is arrow keys, as in other terminals."""
        event.stop()
        event.prevent_default()
        modes = self.program_screen.modes
        if self.program_screen.alternate:
            self._type(typed(direction, None, application=modes.application_keys) * WHEEL)
        else:
            self.scroll_relative(y=WHEEL if direction == "down" else -WHEEL, animate=False)
