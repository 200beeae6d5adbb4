"""The ladder: a record as rows of text, hosts as columns, frames as arrows between them.

Pure: rows follow from the record, a filter and a width. Only the rows that are asked for are made, so a view may page
through a million frames. Everything is ASCII but what programs sent and wrote themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from netlab.frames.decoding import decode
from netlab.record.arrows import FrameView
from netlab.record.columns import TwoColumns, is_wide
from netlab.record.fates import remarks
from netlab.record.filters import ALL, LadderFilter
from netlab.record.labels import label, problem
from netlab.record.lanes import Lanes
from netlab.record.lines import Line, Lines
from netlab.record.record import Record
from netlab.record.rows import Kind, Role, Row, Span

NARROWEST = 56
"""Cells: a terminal of 60, less a frame. A narrower wish is met with a ladder of this width."""

_NEAR = 12
"""So many rows around its last place a row is looked for, when the ladder was laid out anew."""


class Ladder:
    """The rows of one record under one filter at one width."""

    def __init__(
        self,
        record: Record,
        width: int,
        wanted: LadderFilter = ALL,
        *,
        until: int | None = None,
    ) -> None:
        """`until` shows the record as it was at that time."""
        self.record, self.width, self.wanted, self.until = record, max(width, NARROWEST), wanted, until
        hosts = record.meta.hosts
        self._hosts = {name: index for index, (name, _) in enumerate(hosts)}
        columns = len(hosts) <= 2
        self._drawing = TwoColumns(hosts, self.width) if columns else Lanes(hosts, self.width)
        join_calls = columns and is_wide(self.width)
        self._lines = Lines(record, wanted, join_calls=join_calls, join_states=columns, until=until)
        self._version = -1
        self.refresh()

    def refresh(self) -> bool:
        """Take in what is new; whether there was anything. Not called, the ladder stays as it is."""
        if self._version == self.record.version:
            return False
        self._version = self.record.version
        self._lines.refresh()
        return True

    def __len__(self) -> int:
        return len(self._lines)

    def heading(self) -> list[Row]:
        """The hosts' names, and what the columns are."""
        return [Row(Kind.HEADING, spans) for spans in self._drawing.heading()]

    def notices(self) -> list[Row]:
        """What is not in the record, if anything; drawn below everything else."""
        return [Row(Kind.NOTICE, (Span(text, Role.NOTICE),)) for text in self.record.notices]

    def rows(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """Rows `start` to `stop`, counted from 0."""
        stop = len(self) if stop is None else min(stop, len(self))
        start = max(start, 0)
        before = self._lines[start - 1].at if 0 < start <= len(self) else 0
        rows = []
        for index in range(start, stop):
            line = self._lines[index]
            rows.append(self._row(line, line.at - before if before else -1))
            before = line.at
        return rows

    def all_rows(self) -> Iterator[Row]:
        """Heading, every row, notices."""
        yield from self.heading()
        for start in range(0, len(self), 256):
            yield from self.rows(start, start + 256)
        yield from self.notices()

    def text(self) -> str:
        """The whole ladder in lines, as a plain terminal shows it."""
        return "".join(row.text + "\n" for row in self.all_rows())

    def row_of_frame(self, number: int) -> int:
        """Which row shows frame `number`; where it is filtered out, the next."""
        return self._lines.of_frame(number)

    def row_of_call(self, call: str) -> int | None:
        """The first row that shows a call (`CallEntered.call`)."""
        return self._lines.of_call(call)

    def row_of_time(self, at: int) -> int:
        """How many rows are of what had happened by then."""
        return self._lines.of_time(at)

    def row_again(self, row: Row, last: int) -> int:
        """Which row is this one now, `last` time: new ones may have come before it, and a call's row may have moved."""
        if row.frame:
            return self.row_of_frame(row.frame)
        first = max(last - _NEAR, 0)
        near = enumerate(self.rows(first, last + _NEAR), first)
        same = [at for at, one in near if one.calls == row.calls and one.at == row.at and not one.frame]
        return min(same, key=lambda at: abs(at - last), default=max(self.row_of_time(row.at) - 1, 0))

    @property
    def _needs_ports(self) -> bool:
        """Whether hosts alone do not tell connections apart."""
        return len(self.record.flows.connections) > max(len(self.record.meta.hosts) - 1, 1)

    def _row(self, line: Line, delay: int) -> Row:
        view = self._frame_view(line.frame) if line.frame else None
        spans = self._drawing.draw(view, line.notes, delay)
        by_host = sorted(line.notes, key=lambda note: self._hosts.get(note.host, 0))
        calls = tuple(note.call.entered.call for note in by_host if note.call)
        return Row(Kind.FRAME if line.frame else Kind.NOTE, spans, line.at, line.frame, calls)

    def _frame_view(self, number: int) -> FrameView:
        seen = self.record.frames.as_of(number, self.until)
        frame = decode(seen.data)
        said = remarks(seen, self.record.flows.sent_before[number - 1], self.record.frames, problem(frame))
        pieces = label(frame, self.record.flows.connection(number), ports=self._needs_ports)
        to = seen.receivers or self.record.frames.addressed(number)
        return FrameView(number, seen.sender, to, seen.fate, pieces, said)
