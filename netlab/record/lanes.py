"""A ladder of three hosts and more: a lane for each, arrows across them, calls and states as lines of their own."""

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
from netlab.record.labels import Piece
from netlab.record.order import Note
from netlab.record.rows import Role, Span

_AREA = DELAY + 1 + NUMBER + 1


class Lanes:
    """Where the lanes are, and how a line is drawn into them."""

    def __init__(self, hosts: Sequence[tuple[str, str]], cells: int) -> None:
        self._hosts = list(hosts)
        self._names = [name for name, _ in hosts]
        self._end = cells
        last = cells - _AREA - 1
        self._lanes = [_AREA + index * last // (len(hosts) - 1) for index in range(len(hosts))]

    def heading(self) -> list[tuple[Span, ...]]:
        """The names, then the addresses, each about its lane."""
        return [self._titles([name for name, _ in self._hosts]), self._titles([address for _, address in self._hosts])]

    def _titles(self, texts: Sequence[str]) -> tuple[Span, ...]:
        row = RowBuilder()
        for lane, text in zip(self._lanes, texts, strict=True):
            start = max(min(lane - width(text) // 2, self._end - width(text)), row.column + (row.column > 0), _AREA)
            row.put(start, [Span(text, Role.HEADING)], self._end - start)
        return row.finished()

    def draw(self, frame: FrameView | None, notes: Sequence[Note], delay: int) -> tuple[Span, ...]:
        """One line."""
        row = RowBuilder()
        row.delay(delay)
        if frame is not None:
            self._draw_frame(row, frame)
        elif notes:
            self._draw_note(row, notes[0])
        return row.finished()

    def _draw_frame(self, row: RowBuilder, frame: FrameView) -> None:
        number = str(frame.number)
        row.put_right(DELAY + 1 + NUMBER, [Span(number, Role.NUMBER)], len(number))
        origin = self._lane(frame.sender)
        targets = [self._lane(name) for name in frame.receivers if name in self._names] or [origin]
        low, high = min(origin, *targets), max(origin, *targets)
        if low < origin < high:
            self._draw_both_ways(row, frame, low, origin, high)
            return
        self._draw_one_way(row, frame, low, high, rightwards=origin == low)

    def _draw_one_way(self, row: RowBuilder, frame: FrameView, low: int, high: int, *, rightwards: bool) -> None:
        length, room_right, room_left = high - low + 1, self._end - high - 2, low - _AREA - 1
        said, pieces = remark_spans(frame.remarks), frame.pieces
        needed = spans_width(said)
        if needed > max(room_left, room_right):
            said, needed = [], 0
            pieces = [pieces[0], *remark_pieces(frame.remarks), *pieces[1:]]
        if frame.arrives:
            spans = arrow(pieces, length, rightwards=rightwards)
        else:
            spans = self._broken(pieces, length, frame, rightwards=rightwards)
        left = bool(needed) and needed > room_right
        self._bars(row, _AREA, low - needed - 1 if left else low)
        if left:
            row.put(low - needed - 1, said, needed)
        row.put(low, spans, length)
        if needed and not left:
            row.put(high + 2, said, needed)
        self._bars(row, row.column, self._end)

    def _broken(self, pieces: list[Piece], length: int, frame: FrameView, *, rightwards: bool) -> list[Span]:
        taken = min(broken_length(pieces, length), length - 2)
        spans = broken_arrow(pieces, taken, frame.fate, rightwards=rightwards)
        blank = Span(" " * (length - taken - 1), Role.PLAIN)
        bar = Span("|", Role.ARROW)
        return [*spans, blank, bar] if rightwards else [bar, blank, *spans]

    def _draw_both_ways(self, row: RowBuilder, frame: FrameView, low: int, origin: int, high: int) -> None:
        """What is for hosts on both sides: the longer arrow holds the words."""
        wide_left = origin - low >= high - origin
        pieces = [frame.pieces[0], *remark_pieces(frame.remarks), *frame.pieces[1:]]
        left = arrow(pieces if wide_left else [], origin - low + 1, rightwards=False)
        right = arrow([] if wide_left else pieces, high - origin + 1, rightwards=True)
        self._bars(row, _AREA, low)
        row.put(low, left, origin - low + 1)
        row.put(origin + 1, [Span(right[0].text[1:], Role.ARROW), *right[1:]], high - origin)
        self._bars(row, row.column, self._end)

    def _draw_note(self, row: RowBuilder, note: Note) -> None:
        spans = self._words(note)
        taken = min(spans_width(spans), self._end - _AREA)
        start = max(min(self._lane(note.host), self._end - taken), _AREA)
        self._bars(row, _AREA, start - 1)
        row.put(start, spans, taken)
        self._bars(row, row.column + 1, self._end)

    def _words(self, note: Note) -> list[Span]:
        spans = [Span(f"{note.host}: ", Role.HEADING)] if note.host else []
        if note.states:
            spans.append(Span(state_text(note.states), Role.STATE))
        if note.call:
            spans += [Span("  ", Role.PLAIN)] if note.states else []
            spans += call_spans(note)
        return [*spans, event_span(note.event)] if note.event else spans

    def _bars(self, row: RowBuilder, start: int, end: int) -> None:
        """The lanes between two columns."""
        for lane in self._lanes:
            if max(start, row.column) <= lane < end:
                row.put(lane, [Span("|", Role.ARROW)], 1)

    def _lane(self, host: str) -> int:
        return self._lanes[self._names.index(host)] if host in self._names else self._lanes[0]
