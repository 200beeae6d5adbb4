"""Every call of a record with the frames that it has to do with, asked both ways; and which calls have not come back.

Grows with the record. The links are worked out when they are asked for, so that a run of many calls pays for none.
"""

from __future__ import annotations

from typing import NamedTuple

from netlab.record.calls import SETTLED_AFTER, Call, CallLinks, Links
from netlab.record.events import CallEntered, CallReturned, ProgramExited, ProgramStarted
from netlab.record.flows import PROBE
from netlab.record.record import Record

_SLACK = 20_000_000
"""Nanoseconds by which the wire's time of a frame may lie outside its call."""


class FrameCalls(NamedTuple):
    """What a frame has to do with the programs' code."""

    caused_by: Call | None = None
    """The call that made the kernel send it. A segment sent again was caused by what sent it first."""
    woke: tuple[Call, ...] = ()
    """The calls that returned because of it."""

    @property
    def ids(self) -> frozenset[str]:
        """`CallEntered.call` of all of them."""
        return frozenset(call.entered.call for call in (self.caused_by, *self.woke) if call)


class CallBook:
    """The calls of one record; `until` knows only what had happened by then."""

    def __init__(self, record: Record, until: int | None = None) -> None:
        self._record = record
        self._until = until if until is not None else 1 << 63
        self._links = CallLinks(record.frames, record.flows)
        self._calls: dict[str, Call] = {}
        self._open: dict[str, Call] = {}
        self._taken = 0

    def refresh(self) -> None:
        """Take in what is new in the record."""
        arrivals = self._record.arrivals
        for event in arrivals[self._taken :]:
            if event.at <= self._until:
                self._take(event)
        self._taken = len(arrivals)

    def call(self, call: str) -> Call | None:
        """A call by its `CallEntered.call`."""
        return self._calls.get(call)

    def links(self, call: str) -> Links:
        """The frames of a call; none for an unknown one."""
        known = self._calls.get(call)
        return self._links_of(known) if known else Links()

    def of_frame(self, number: int) -> FrameCalls:
        """The calls of a frame, as far as they are known now."""
        first = self._first_sending(number)
        caused = next((call for call in self._near(first) if self._links_of(call).caused == first), None)
        woke = [call for call in self._near(number) if call.returned and self._links_of(call).woken == number]
        return FrameCalls(caused, tuple(call for call in woke if call is not caused))

    def waiting(self) -> list[Call]:
        """Calls that have not come back, the innermost of each thread, in the order in which they began."""
        innermost = {
            (call.entered.program, call.entered.pid, call.entered.thread): call for call in self._open.values()
        }
        return list(innermost.values())

    def _take(self, event: object) -> None:
        match event:
            case CallEntered():
                self._calls[event.call] = self._open[event.call] = Call(event)
            case CallReturned():
                if call := self._open.pop(event.call, None):
                    call.returned = event
            case ProgramStarted() | ProgramExited():
                gone = [call.entered.call for call in self._open.values() if call.entered.program == event.program]
                for name in gone:
                    if self._open[name].entered.at <= event.at:
                        del self._open[name]

    def _first_sending(self, number: int) -> int:
        """The frame that carried the same bytes first."""
        sent_before = self._record.flows.sent_before
        while number <= len(sent_before) and 0 < (before := sent_before[number - 1]) < PROBE:
            number = before
        return number

    def _near(self, number: int) -> list[Call]:
        """The calls during which a frame was on the wire."""
        if not 0 < number <= len(self._record.frames):
            return []
        at = self._record.frames.at(number)
        return [call for call in self._calls.values() if _spans(call, at)]

    def _links_of(self, call: Call) -> Links:
        self._record.flows.refresh()
        return self._links.of(call)


def _spans(call: Call, at: int) -> bool:
    ended = call.returned.at if call.returned else 1 << 63
    return call.entered.at - _SLACK <= at <= ended + SETTLED_AFTER
