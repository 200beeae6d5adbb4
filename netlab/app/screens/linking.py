"""Code meets wire: what is chosen on the wire is marked in the code, and so is where programs wait. Moves no focus."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from netlab.app.linemarks import Marks, joined, linked_marks, waiting_marks
from netlab.app.messages import PlaceChosen
from netlab.record.callbook import CallBook
from netlab.record.calls import Call, Links
from netlab.record.rows import Row

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen

_LOOK_AGAIN = 0.5
"""Seconds between two looks at what a chosen row belongs to, while a run goes on."""


class Linking:
    """Between the wire pane and the code pane of one lab screen."""

    def __init__(self, screen: LabScreen) -> None:
        self._screen = screen
        self._linked: Marks = {}
        self._proof: frozenset[int] = frozenset()
        self._looked = 0.0

    def tick(self) -> None:
        """Called many times a second during a run, and once when another record is shown."""
        book, record = self._screen.wire.book, self._screen.wire.record
        if book is None or record is None:
            return
        live = self._screen.session.run.stage is not None
        moment = self._screen.wire.moment
        if moment is not None:
            waiting = waiting_marks(book.waiting(), moment, least=0)
        else:
            waiting = waiting_marks(book.waiting(), time.monotonic_ns() if live else record.ends[1])
        if self._screen.wire.chosen is not None and time.monotonic() - self._looked > _LOOK_AGAIN:
            self._link(self._screen.wire.chosen)
        self._screen.code.mark_lines(joined(waiting, self._linked))

    def prove(self, frames: Iterable[int]) -> None:
        """These frames show what a verdict or an answer rests on: they stay marked while their record is shown."""
        self._proof = frozenset(frames)

    def chosen(self, row: Row | None) -> None:
        """Marks what has to do with the chosen row; shows the file in which that is, if the front one has no part."""
        self._link(row)
        self.tick()
        code = self._screen.code
        file = code.front if code.front in self._linked else next(iter(self._linked), "")
        if file in code.names:
            self._screen.call_later(code.show_mark, file, self._linked[file][0].line)

    def opened(self, row: Row) -> None:
        """A frame opens into its fields; a call that has no frame leads to its line."""
        book = self._screen.wire.book
        if row.frame:
            self.open_frame(row.frame)
        elif book is not None and (call := next(filter(None, map(book.call, row.calls)), None)) and call.entered.file:
            self._screen.post_message(PlaceChosen(call.entered.file, call.entered.line))

    def open_frame(self, number: int) -> None:
        """Fields and bytes of a frame, over the lab; closed, the frame that was looked at last is the chosen one."""
        from netlab.app.screens.frame import FrameScreen  # 7 ms that the first paint of a lab need not wait

        wire = self._screen.wire
        if wire.record is not None and wire.book is not None:
            self._screen.app.push_screen(FrameScreen(wire.record, wire.book, number, wire.moment), self._closed)

    def open_states(self) -> None:
        """The state diagram of the chosen frame's connection, or of the newest."""
        from netlab.app.screens.states import StatesScreen  # 7 ms, as above

        frame = self._screen.wire.chosen_frame
        self._screen.app.push_screen(StatesScreen(self._screen.session.run, frame, self._screen.wire.moment))

    def _closed(self, number: int | None) -> None:
        if number:
            self._screen.wire.go_to_frame(number)

    def _link(self, row: Row | None) -> None:
        book = self._screen.wire.book
        self._looked = time.monotonic()
        linked = linked_calls(book, row) if book is not None and row is not None else []
        self._linked = linked_marks(linked)
        frames = {number for _, links in linked for number in links if number}
        self._screen.wire.link(self._proof | frames, frozenset(call.entered.call for call, _ in linked))


def linked_calls(book: CallBook, row: Row) -> list[tuple[Call, Links]]:
    """What a row has to do with: a frame with the call that caused it and those it woke, a call with its frames."""
    if not row.frame:
        calls = [call for call in map(book.call, row.calls) if call]
        return [(call, book.links(call.entered.call)) for call in calls]
    of_frame = book.of_frame(row.frame)
    caused = [(of_frame.caused_by, Links(caused=row.frame))] if of_frame.caused_by else []
    return [*caused, *((call, Links(woken=row.frame)) for call in of_frame.woke)]
