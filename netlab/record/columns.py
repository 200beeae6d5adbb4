"""A ladder of one or two hosts: code outside, states beside it, the wire in the middle.

wide    delay  client's code  state  number  |--arrow-->|  state  server's code
narrow  delay                 state  number  |--arrow-->|  state
        delay  a call of the client            ... a call of the server, to the right
"""

from __future__ import annotations

from collections.abc import Sequence

from netlab.record.arrows import (
    DELAY,
    NUMBER,
    FrameView,
    RowBuilder,
    arrow,
    broken_arrow,
    broken_length,
    remark_pieces,
    remark_spans,
    spans_width,
)
from netlab.record.callwords import call_spans, event_span, state_text
from netlab.record.cells import width
from netlab.record.order import Note
from netlab.record.rows import Role, Span

STATE = 11
_SHORTEST_BROKEN = 13
_WORTH_CUTTING = 24
WIDE = 120
"""From this width on code has columns of its own."""


def is_wide(cells: int) -> bool:
    """Whether calls and states share the lines of frames at this width."""
    return cells >= WIDE


class TwoColumns:
    """Where the columns are, and how a line is drawn into them."""

    def __init__(self, hosts: Sequence[tuple[str, str]], cells: int) -> None:
        self._hosts = list(hosts)
        self._names = [name for name, _ in hosts]
        self._end = cells
        fixed = DELAY + 1 + STATE + 1 + NUMBER + 1 + 1 + STATE
        if is_wide(cells):
            self._arrow_cells = max(34, cells * 7 // 25)
            self._code = (cells - fixed - self._arrow_cells - 2) // 2
            self._arrow_cells = cells - fixed - 2 - 2 * self._code
            self._state = DELAY + 1 + self._code + 1
        else:
            self._arrow_cells, self._code, self._state = cells - fixed, 0, DELAY + 1
        self._left = DELAY + 1
        self._number = self._state + STATE + 1
        self._arrow = self._number + NUMBER + 1
        self._right_state = self._arrow + self._arrow_cells + 1
        self._right_code = self._right_state + STATE + 1

    def heading(self) -> list[tuple[Span, ...]]:
        """Two lines: the hosts and what is between them; the columns' names where there is room for code."""
        first = RowBuilder()
        names = [Span(f"{name} {address}", Role.HEADING) for name, address in self._hosts]
        side = self._arrow - self._left - 1
        if names:
            first.put(self._left, names[:1], side)
        middle = "the wire"
        first.put(self._arrow + (self._arrow_cells - len(middle)) // 2, [Span(middle, Role.HEADING)], len(middle))
        if len(names) > 1 and self._code:
            first.put(self._right_state, names[1:], self._end - self._right_state)
        elif len(names) > 1:
            first.put_right(self._end, names[1:], side)
        return [first.finished(), self._column_names()]

    def _column_names(self) -> tuple[Span, ...]:
        second = RowBuilder()
        state, code = [Span("state", Role.HEADING)], [Span("your code", Role.HEADING)]
        if self._code:
            second.put(self._left, code, self._code)
        second.put(self._state, state, STATE)
        second.put(self._right_state, state, STATE)
        if self._code:
            second.put(self._right_code, code, self._code)
        return second.finished()

    def draw(self, frame: FrameView | None, notes: Sequence[Note], delay: int) -> tuple[Span, ...]:
        """One line."""
        row = RowBuilder()
        row.delay(delay)
        if frame is not None:
            self._draw_frame(row, frame, notes)
        elif notes:
            self._draw_note(row, notes[0])
        return row.finished()

    def _draw_frame(self, row: RowBuilder, frame: FrameView, notes: Sequence[Note]) -> None:
        left, right = (self._note_of(notes, index) for index in (0, 1))
        if left and left.call:
            row.put(self._left, call_spans(left), self._code)
        if left and left.states:
            row.put(self._state, _state(left), STATE)
        number = str(frame.number)
        row.put_right(self._number + NUMBER, [Span(number, Role.NUMBER)], len(number))
        column, cells = self._remark_place(right)
        self._draw_arrow(row, frame, column, cells)
        if right and right.states:
            row.put(self._right_state, _state(right), STATE)
        if right and right.call:
            row.put(self._right_code, call_spans(right), self._code)

    def _remark_place(self, right: Note | None) -> tuple[int, int]:
        """Column and cells that are free for remarks on the right."""
        if right is None or not (right.states or right.call):
            return self._right_state, self._end - self._right_state
        if right.call is None and self._code:
            return self._right_code, self._code
        return (self._right_state, STATE) if not right.states else (0, 0)

    def _draw_arrow(self, row: RowBuilder, frame: FrameView, column: int, cells: int) -> None:
        start = max(self._arrow, row.column + 1)
        length = self._arrow_cells - (start - self._arrow)
        rightwards = frame.sender != (self._names[1] if len(self._names) > 1 else "")
        said = remark_spans(frame.remarks)
        if spans_width(said) > cells and cells < _WORTH_CUTTING:
            said = remark_spans(frame.remarks, short=True)
        pieces = frame.pieces
        if not frame.arrives:
            self._draw_broken(row, frame, start, length, column + cells, rightwards=rightwards)
            return
        if spans_width(said) > cells and cells < _WORTH_CUTTING:
            pieces, said = [pieces[0], *remark_pieces(frame.remarks), *pieces[1:]], []
        row.put(start, arrow(pieces, length, rightwards=rightwards), length)
        row.put(column if said else 0, said, cells)

    def _draw_broken(
        self, row: RowBuilder, frame: FrameView, start: int, length: int, free_end: int, *, rightwards: bool
    ) -> None:
        """The arrow takes what its remarks leave: they say why it ends, in the room that it does not cross."""
        said = remark_spans(frame.remarks)
        needed, best = spans_width(said), broken_length(frame.pieces, length)
        beside = not rightwards and needed <= free_end - start - length - 1
        room = length if not rightwards else max(free_end, start + length) - start
        taken = best if beside else min(best, max(room - needed - 1, _SHORTEST_BROKEN))
        spans = broken_arrow(frame.pieces, taken, frame.fate, rightwards=rightwards)
        places = [(start + length - taken, spans, taken), (start, said, length - taken - 1)]
        if rightwards:
            places = [(start, spans, taken), (start + taken + 1, said, room - taken - 1)]
        elif beside:
            places[1] = (start + length + 1, said, needed)
        for column, words, cells in sorted(places, key=lambda place: place[0]):
            row.put(column, words, cells)

    def _draw_note(self, row: RowBuilder, note: Note) -> None:
        spans = call_spans(note) if note.call else [event_span(note.event)] if note.event else []
        if note.event and not note.host:
            row.put(max(self._arrow, self._left), spans, self._end - self._arrow)
        elif note.host == self._names[0]:
            self._draw_left(row, note, spans)
        else:
            self._draw_right(row, note, spans)

    def _draw_left(self, row: RowBuilder, note: Note, spans: list[Span]) -> None:
        room = self._end - self._left
        if note.states and self._code:
            row.put(self._left, spans, self._code)
        elif not note.states:
            row.put(self._left, spans, room)
        if note.states:
            row.put(self._state, _state(note), STATE)
        if note.states and not self._code:
            row.put(self._state + STATE + 1, spans, room - STATE - 1)

    def _draw_right(self, row: RowBuilder, note: Note, spans: list[Span]) -> None:
        state, taken = _state(note), spans_width(spans)
        if taken <= self._code or (not self._code and note.states):
            if not self._code:
                row.put_right(self._right_state - 1, spans, self._right_state - 1 - self._left)
            row.put(self._right_state, state, STATE)
            if self._code:
                row.put(self._right_code, spans, self._code)
            return
        row.put_right(self._end, [*state, *([Span(" ", Role.PLAIN)] if state else []), *spans], self._end - self._left)

    def _note_of(self, notes: Sequence[Note], index: int) -> Note | None:
        if index >= len(self._names):
            return None
        return next((note for note in notes if note.host == self._names[index]), None)


def _state(note: Note) -> list[Span]:
    """The state, or the last of several where they do not fit."""
    text = state_text(note.states)
    if width(text) > STATE and note.states:
        text = note.states[-1].new
    return [Span(text, Role.STATE)] if text else []
