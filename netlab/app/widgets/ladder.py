"""The ladder of a run. Only the rows that are seen are made; it follows the newest unless scrolled back.

One row may be chosen: a sign stands before it, and before the rows that have to do with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from netlab.app.drawing import wrap
from netlab.app.keys import bindings
from netlab.app.scrolling import GrowingView
from netlab.app.texts import t
from netlab.app.widgets.ladder_drawing import CHOSEN, COMPONENTS, LINKED, NEXT, signed_strip
from netlab.record.ladder import Ladder
from netlab.record.record import Record
from netlab.record.rows import Role, Row, Span

_QUEUED = (Span("waiting", Role.FATE), Span("held", Role.FATE))
_GUTTER = 1
_AROUND = 2
"""Rows that stay in sight before and after the chosen one."""


class LadderView(GrowingView, can_focus=True, inherit_bindings=False):
    """The rows."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("rows"), *bindings("ladder")]
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    class Scrolled(Message):
        """Other columns are in sight, or whether the newest is followed has changed."""

    class Chosen(Message):
        """Another row is chosen, or none."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The learner wants to see more of a row."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class NowAsked(Message):
        """The learner wants to see the newest."""

    def __init__(self) -> None:
        super().__init__()
        self.ladder: Ladder | None = None
        self._next = 0
        self.follows = True
        self.quiet = ""
        """What stands here while there is nothing to draw."""
        self.chosen: Row | None = None
        self._at = 0
        self._linked: tuple[frozenset[int], frozenset[str]] = (frozenset(), frozenset())

    def show(self, record: Record | None) -> None:
        """Draws this record from now on; None empties the view."""
        self.ladder = Ladder(record, self._room) if record is not None else None
        self.follows = True
        self.choose_none()
        self.fit()

    def show_until(self, moment: int | None) -> None:
        """Draws the same record as it was at a moment; None: as it is."""
        if self.ladder is not None:
            self.ladder = Ladder(self.ladder.record, self._room, until=moment)
            self.follows = True
            self.choose_none()
            self.fit()

    def mark_next(self, number: int) -> None:
        """Says of this frame that it is the next to go; 0: of none."""
        if number != self._next:
            self._next = number
            self.refresh()

    @property
    def _room(self) -> int:
        return (self.scrollable_content_region.width or 80) - _GUTTER

    def fit(self) -> None:
        """As many rows as there are; the newest in sight if that is followed."""
        ladder = self.ladder
        rows = len(ladder) + len(ladder.notices()) if ladder is not None else 0
        self.grow(Size(ladder.width + _GUTTER if ladder is not None else self._room, rows))
        if ladder is not None and self.chosen is not None:
            self._at = ladder.row_again(self.chosen, self._at)
        if self.follows:
            self.scroll_end(animate=False, immediate=True, force=True, x_axis=False)
        self.refresh()

    # One row is chosen.

    def choose_frame(self, number: int) -> None:
        """Chooses the row of a frame, and brings it into the middle."""
        if self.ladder is not None and 0 < number <= len(self.ladder.record.frames):
            self._choose(self.ladder.row_of_frame(number), centre=True)

    def choose_none(self) -> None:
        """No row is chosen any more."""
        if self.chosen is not None:
            self.chosen = None
            self.post_message(self.Chosen(None))
            self.refresh()

    def link(self, frames: frozenset[int], calls: frozenset[str]) -> None:
        """Marks the rows of these frames and calls as those that have to do with the chosen one."""
        if (frames, calls) != self._linked:
            self._linked = (frames, calls)
            self.refresh()

    def _choose(self, index: int, *, centre: bool = False) -> None:
        if self.ladder is None or not len(self.ladder):
            return
        self._at = max(min(index, len(self.ladder) - 1), 0)
        self.chosen = self.ladder.rows(self._at, self._at + 1)[0]
        self.follows = False
        self._bring_into_sight(centre=centre)
        self.refresh()
        self.post_message(self.Scrolled())
        self.post_message(self.Chosen(self.chosen))

    def _bring_into_sight(self, *, centre: bool) -> None:
        """The chosen row, with a few around it: what it has to do with is often the next."""
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        around = min(_AROUND, (height - 1) // 2)
        if centre or not top + around <= self._at < top + height - around:
            before = height // 2 if centre else around if self._at < top + around else height - 1 - around
            self.scroll_to(y=max(self._at - before, 0), animate=False)

    def _from_here(self, by: int) -> int:
        """So many rows from the chosen one; with none, from the edge that is in sight."""
        if self.chosen is not None:
            return self._at + by
        top, height = self.scroll_offset.y, self.size.height
        last = min(top + height, self.virtual_size.height) - 1
        return last if by < 0 or self.follows else top

    def action_move(self, by: int) -> None:
        self._choose(self._from_here(by))

    def action_page(self, by: int) -> None:
        self._choose(self._from_here(by * max(self.size.height - 1, 1)))

    def action_first(self) -> None:
        self._choose(0)

    def action_follow(self) -> None:
        self.choose_none()
        self.follows = True
        self.fit()
        self.post_message(self.Scrolled())
        self.post_message(self.NowAsked())

    def action_unmark(self) -> None:
        if self.chosen is None:
            self.post_message(self.NowAsked())
        self.choose_none()

    def action_open_frame(self) -> None:
        if self.chosen is None:
            self._choose(self._from_here(-1))
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if self.ladder is not None and line < len(self.ladder):
            self._choose(line)
            if event.chain == 2:
                self.action_open_frame()

    # What is drawn.

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.scrollable_content_region.width
        x, top = self.scroll_offset
        if self.ladder is None or not self.virtual_size.height:
            lines = wrap(self.quiet, width - 2)
            quiet = self.get_component_rich_style("ladder--quiet")
            strip = Strip([Segment(f" {lines[y]}" if y < len(lines) else "", quiet)])
            return strip.adjust_cell_length(width, base).apply_style(base)
        strip = self._row_strip(self.ladder, y + top)
        return strip.crop_extend(x, x + width, base).apply_style(base)

    def _row_strip(self, ladder: Ladder, index: int) -> Strip:
        rows = ladder.rows(index, index + 1) or ladder.notices()[index - len(ladder) : index - len(ladder) + 1]
        if not rows:
            return Strip([])
        sign = self._sign(rows[0], index)
        return signed_strip(self, self._told(rows[0]), sign, max(ladder.width + _GUTTER, self.size.width))

    def _told(self, row: Row) -> Row:
        """The frame that is next to go says so."""
        if not self._next or row.frame != self._next:
            return row
        spans = [Span(t("next-to-go"), Role.FATE) if span in _QUEUED else span for span in row.spans]
        return replace(row, spans=tuple(spans))

    def _sign(self, row: Row, index: int) -> str:
        if self.chosen is not None and index == self._at:
            return CHOSEN
        if self._next and row.frame == self._next:
            return NEXT
        if self.chosen is None:
            return " "
        frames, calls = self._linked
        return LINKED if row.frame in frames or not calls.isdisjoint(row.calls) else " "

    def on_resize(self, event: events.Resize) -> None:
        if self.ladder is not None and self.ladder.width != self._room:
            self.ladder = Ladder(self.ladder.record, self._room, until=self.ladder.until)
        self.fit()
        self.post_message(self.Scrolled())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        followed, self.follows = self.follows, new_value >= self.max_scroll_y and self.chosen is None
        if followed != self.follows:
            self.post_message(self.Scrolled())

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        self.post_message(self.Scrolled())
