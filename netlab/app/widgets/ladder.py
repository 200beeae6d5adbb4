"""The wire: the ladder of a run. Only the rows that are seen are made; it follows the newest unless scrolled back."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from netlab.app.drawing import wrap
from netlab.app.keys import bindings
from netlab.app.texts import t
from netlab.app.widgets.pane import Pane
from netlab.record.ladder import Ladder
from netlab.record.record import Record
from netlab.record.rows import Role, Row

ROLE_CLASSES = {role: f"ladder--{role.value}" for role in Role}


COMPONENTS = {*ROLE_CLASSES.values(), "ladder--chosen", "ladder--quiet"}


def strip_of(widget: Widget, row: Row) -> Strip:
    """One row, in the colours that the widget's style sheet has for its roles."""
    style_of = widget.get_component_rich_style
    return Strip([Segment(span.text, style_of(ROLE_CLASSES[span.role])) for span in row.spans])


class LadderHeading(Widget):
    """The hosts and the columns, above what scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._at = 0

    def show(self, rows: list[Row], at: int) -> None:
        """These rows, from this column on."""
        self._rows, self._at = rows, at
        self.styles.height = len(rows)
        self.display = bool(rows)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        strip = strip_of(self, self._rows[y]) if y < len(self._rows) else Strip([])
        return strip.crop_extend(self._at, self._at + self.size.width, base).apply_style(base)


class LadderView(ScrollView, can_focus=True):
    """The rows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("ladder")
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self) -> None:
        super().__init__()
        self.ladder: Ladder | None = None
        self.follows = True
        self.quiet = ""
        """What stands here while there is nothing to draw."""
        self._chosen = 0

    def show(self, record: Record | None) -> None:
        """Draws this record from now on; None empties the view."""
        self.ladder = Ladder(record, self._room) if record is not None else None
        self.follows, self._chosen = True, 0
        self.fit()

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width or 80

    def fit(self) -> None:
        """As many rows as there are; the newest in sight if that is followed."""
        ladder = self.ladder
        rows = len(ladder) + len(ladder.notices()) if ladder is not None else 0
        self.virtual_size = Size(ladder.width if ladder is not None else self._room, rows)
        if self.follows:
            self.scroll_end(animate=False, immediate=True, force=True, x_axis=False)
        self.refresh()

    def choose_frame(self, number: int) -> None:
        """Lights the row of a frame, and brings it into sight."""
        if self.ladder is not None:
            self._chosen = number
            self.follows = False
            self.scroll_to(y=max(self.ladder.row_of_frame(number) - self.size.height // 2, 0), animate=False)
            self.refresh()

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
        strip = strip_of(self, rows[0])
        if self._chosen and rows[0].frame == self._chosen:
            strip = strip.extend_cell_length(ladder.width)
            chosen = Style(bgcolor=self.get_component_rich_style("ladder--chosen").bgcolor)
            return Strip([Segment(part.text, (part.style or Style()) + chosen) for part in strip])
        return strip

    def on_resize(self, event: events.Resize) -> None:
        if self.ladder is not None and self.ladder.width != self._room:
            self.ladder = Ladder(self.ladder.record, self._room)
        self.fit()
        self._tell_heading()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.follows = new_value >= self.max_scroll_y

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        self._tell_heading()

    def _tell_heading(self) -> None:
        if isinstance(self.parent, WirePane):
            self.parent.show_heading()

    def action_follow(self) -> None:
        self.follows = True
        self.fit()


class WirePane(Pane):
    """The ladder under its heading."""

    def __init__(self, *, private: bool) -> None:
        super().__init__(t("wire"), name_id="wire")
        self._private = private
        self._heading = LadderHeading()
        self._view = LadderView()
        self._record: Record | None = None
        self._version = -1

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._heading
        yield self._view

    async def fill(self) -> None:
        self.retell()
        self.show_heading()

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.heading = t("wire")
        self._view.quiet = t("no-frames" if self._private else "no-wire")
        self._tell_state()
        self._view.refresh()

    def show(self, record: Record | None) -> None:
        """The ladder of this record from now on."""
        self._record, self._version = record, -1
        self._view.show(record)
        self.show_heading()
        self.pull()

    def pull(self) -> None:
        """Draws what is new in the record."""
        record = self._record
        if record is None or record.version == self._version:
            return
        self._version = record.version
        if self._view.ladder is not None:
            self._view.ladder.refresh()
        self._view.fit()
        self._tell_state()

    def go_to_frame(self, number: int) -> None:
        """Brings a frame into sight."""
        self._view.choose_frame(number)

    def show_heading(self) -> None:
        """The heading, where the rows are scrolled to sideways."""
        ladder = self._view.ladder
        self._heading.show(ladder.heading() if ladder is not None else [], self._view.scroll_offset.x)

    def _tell_state(self) -> None:
        count = len(self._record.frames) if self._record is not None else 0
        parts = [t("one-frame") if count == 1 else t("frames", count=f"{count:,}")] if count else []
        parts += [] if self._view.follows else [t("paused")]
        self.state = "   ".join(parts)
