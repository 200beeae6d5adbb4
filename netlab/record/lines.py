"""Which line each thing of a record is on: whether a call and a state share a frame's line, or stand alone.

Notes are calls, states, programs, terminals and actions. In a wide ladder a call and a state share the line of the
frame that they belong to; in a narrow one they stand before and after it. A call that may still get a better place,
because it has not returned or its frame may not have been read, is placed anew at every refresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netlab.record.calls import MAKES, SETTLED_AFTER, WAITING, Call, CallLinks
from netlab.record.events import (
    CallEntered,
    CallReturned,
    Event,
    FramesLost,
    ProgramExited,
    ProgramStarted,
    StateChanged,
    TerminalInput,
    TerminalOutput,
)
from netlab.record.filters import LadderFilter, wants_event, wants_frame
from netlab.record.order import Note, Order
from netlab.record.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """A frame with the notes that share its line, or notes alone."""

    at: int
    frame: int
    notes: tuple[Note, ...]


class Lines:
    """The lines of one record under one filter. Grows with the record."""

    def __init__(
        self, record: Record, wanted: LadderFilter, *, join_calls: bool, join_states: bool, until: int | None = None
    ) -> None:
        """Whether calls and states share the lines of frames; `until`: only what had happened by then."""
        self._record, self._flows, self._wanted = record, record.flows, wanted
        self._join_calls, self._join_states = join_calls, join_states
        self._until = until if until is not None else 1 << 63
        self._links = CallLinks(record.frames, record.flows)
        self._order = Order(record.frames, all_frames=wanted.takes_all_frames)
        self._events_taken = 0
        self._shared: dict[int, list[Note]] = {}
        self._open: dict[str, Call] = {}
        self._unsettled: list[Call] = []
        self._provisional: list[tuple[int, Note]] = []
        self._programs: dict[str, str] = {}

    def refresh(self) -> None:
        """Take in what is new in the record."""
        self._take_frames()
        self._withdraw()
        self._take_events()
        self._place_calls()

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> Line:
        found = self._order[index]
        if isinstance(found, Note):
            return Line(found.at, 0, (found,))
        return Line(self._record.frames.at(found), found, tuple(self._shared.get(found, ())))

    def of_frame(self, number: int) -> int:
        """Index of the line of frame `number`, or of the next one that is shown."""
        return self._order.line_of_frame(number)

    def of_time(self, at: int) -> int:
        """How many lines are of what had happened by then."""
        return self._order.lines_until(at)

    def of_call(self, call: str) -> int | None:
        """Index of the first line that shows a call."""

        def shows(note: Note) -> bool:
            return note.call is not None and note.call.entered.call == call

        rank = self._order.rank_of(shows)
        lines = [] if rank is None else [self._order.line_of_note(rank)]
        lines += [self.of_frame(number) for number, notes in self._shared.items() if any(map(shows, notes))]
        return min(lines, default=None)

    def _take_frames(self) -> None:
        frames, flows = self._record.frames, self._flows
        flows.refresh()
        count = min(len(flows.of_frame), frames.count_until(self._until))
        self._order.take(count, lambda number: wants_frame(self._wanted, frames, flows, number))

    def _take_events(self) -> None:
        arrivals = self._record.arrivals
        for event in arrivals[self._events_taken :]:
            if event.at <= self._until and wants_event(self._wanted, event):
                self._take(event)
        self._events_taken = len(arrivals)

    def _take(self, event: Event) -> None:
        match event:
            case CallEntered():
                call = self._open[event.call] = Call(event)
                self._unsettled.append(call)
            case CallReturned():
                if call_open := self._open.pop(event.call, None):
                    call_open.returned = event
            case StateChanged():
                self._place_state(event)
            case FramesLost():
                pass
            case _:
                self._order.stand(Note(event.at, self._host_of(event), event=event))

    def _host_of(self, event: Event) -> str:
        match event:
            case ProgramStarted():
                self._programs[event.program] = event.host
                return event.host
            case ProgramExited() | TerminalInput() | TerminalOutput():
                return self._programs.get(event.program, "")
            case _:
                return ""

    def _place_state(self, change: StateChanged) -> None:
        note = self._share(change.frame, change.host) if self._join_states else None
        if note is None:
            known = 0 < change.frame <= self._order.taken
            at = self._record.frames.at(change.frame) if known else change.at
            note = self._order.near(change.host, at, lambda n: not n.states and _makes(n, change.new))
            note = note or self._order.stand(Note(at, change.host))
        note.states.append(change)

    def _place_calls(self) -> None:
        latest = self._latest()
        kept: list[Call] = []
        for call in self._unsettled:
            settled = call.returned is not None and call.returned.at + SETTLED_AFTER < latest
            for number, note in self._place(call):
                if not settled:
                    self._provisional.append((number, note))
            if not settled:
                kept.append(call)
        self._unsettled = kept

    def _place(self, call: Call) -> Iterator[tuple[int, Note]]:
        """Puts a call's entry and return on lines; each with the frame whose line it shares, or 0."""
        links = self._links.of(call)
        entered, returned = call.entered, call.returned
        woken = links.woken if self._join_calls else 0
        if returned is not None and not links.caused and self._adjoins(call, links.woken):
            yield self._put(woken, Note(returned.at, entered.host, call, enters=True, returns=True))
            return
        caused = links.caused if self._join_calls else 0
        silent = returned is not None and self._goes_without_saying(call)
        yield self._put(caused, Note(entered.at, entered.host, call, enters=True, returns=silent))
        if returned is not None and not silent:
            yield self._put(woken, Note(returned.at, entered.host, call, returns=True))

    def _adjoins(self, call: Call, woken: int) -> bool:
        """Whether no frame but the one that woke the call came between its entry and its return."""
        assert call.returned is not None
        before, after = self._order.frames_until(call.entered.at), self._order.frames_until(call.returned.at)
        if woken:
            return self._order.frames_until(self._record.frames.at(woken)) - before <= 1
        return after == before or call.entered.function not in WAITING

    def _goes_without_saying(self, call: Call) -> bool:
        """A call that did what it had to do, at once."""
        assert call.returned is not None
        waits = call.entered.function in WAITING or call.entered.function.startswith("connect")
        return not waits and not call.returned.error and self._adjoins(call, 0)

    def _put(self, number: int, note: Note) -> tuple[int, Note]:
        shared = self._share(number, note.host, note)
        if shared is note:
            return number, note
        if states := self._order.near(
            note.host, note.at, lambda n: not n.call and _makes(note, *(s.new for s in n.states))
        ):
            self._order.remove(states)
            note.states = states.states
        return 0, self._order.stand(note)

    def _share(self, number: int, host: str, note: Note | None = None) -> Note | None:
        """A place for a call, or without `note` for a state, on the line of a frame; None where there is none."""
        if not number or not self._order.shows(number):
            return None
        there = next((n for n in self._shared.get(number, ()) if n.host == host), None)
        if there is None:
            there = note or Note(self._record.frames.at(number), host)
            self._shared.setdefault(number, []).append(there)
            return there
        if note is None or there.call is not None:
            return there if note is None else None
        note.states = there.states
        self._shared[number][self._shared[number].index(there)] = note
        return note

    def _withdraw(self) -> None:
        """Takes back the places of calls that may get better ones; the states stay."""
        for number, note in self._provisional:
            if not number:
                self._withdraw_alone(note)
                continue
            notes = self._shared[number]
            notes.remove(note)
            if note.states:
                notes.append(Note(note.at, note.host, states=note.states))
        self._provisional.clear()

    def _withdraw_alone(self, note: Note) -> None:
        self._order.remove(note)
        for change in note.states:
            self._order.stand(Note(change.at, note.host, states=[change]))

    def _latest(self) -> int:
        return min(self._record.ends[1], self._until)


def _makes(note: Note, *states: str) -> bool:
    """Whether a note's call brings about the last of these states by itself."""
    return bool(note.call and note.enters and states and states[-1] in MAKES.get(note.call.entered.function, ()))
