"""The wire: the ladder of a run under its heading."""

from __future__ import annotations

from textual.app import ComposeResult

from netlab.app.texts import t
from netlab.app.widgets.ladder import LadderHeading, LadderView
from netlab.app.widgets.pane import Pane
from netlab.record.callbook import CallBook
from netlab.record.record import Record
from netlab.record.rows import Row


class WirePane(Pane):
    """The ladder under its heading."""

    def __init__(self, *, private: bool) -> None:
        super().__init__(t("wire"), name_id="wire")
        self._private = private
        self._heading = LadderHeading()
        self._view = LadderView()
        self.record: Record | None = None
        self.book: CallBook | None = None
        """The record's calls."""
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
        self.record, self._version = record, -1
        self.book = CallBook(record) if record is not None else None
        self._view.show(record)
        self.show_heading()
        self.pull()

    def pull(self) -> None:
        """Draws what is new in the record."""
        record = self.record
        if record is None or record.version == self._version:
            return
        self._version = record.version
        if self._view.ladder is not None:
            self._view.ladder.refresh()
        if self.book is not None:
            self.book.refresh()
        self._view.fit()
        self._tell_state()

    def go_to_frame(self, number: int) -> None:
        """Brings a frame into sight."""
        self._view.choose_frame(number)

    @property
    def chosen(self) -> Row | None:
        """The row that is chosen."""
        return self._view.chosen

    def link(self, frames: frozenset[int], calls: frozenset[str]) -> None:
        """Marks the rows of these frames and calls."""
        self._view.link(frames, calls)

    def on_ladder_view_scrolled(self) -> None:
        self.show_heading()
        self._tell_state()

    def show_heading(self) -> None:
        """The heading, where the rows are scrolled to sideways."""
        ladder = self._view.ladder
        self._heading.show(ladder.heading() if ladder is not None else [], self._view.scroll_offset.x)

    def _tell_state(self) -> None:
        count = len(self.record.frames) if self.record is not None else 0
        parts = [t("one-frame") if count == 1 else t("frames", count=f"{count:,}")] if count else []
        parts += [] if self._view.follows else [t("paused")]
        self.state = "   ".join(parts)
