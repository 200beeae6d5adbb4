"""One frame as an arrow between two bars, and the pieces that rows are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netlab.record.cells import cut, head, width
from netlab.record.events import Fate
from netlab.record.fates import GONE, STUCK, Remark
from netlab.record.labels import Piece, duration, fit
from netlab.record.rows import Role, Span

DELAY = 7
NUMBER = 4
_EXCERPT = 16
_ENDS = 4
"""Cells of an arrow that its label never takes: bar and dash on one side, head and bar on the other."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """What is drawn of a frame."""

    number: int
    sender: str
    receivers: tuple[str, ...]
    """Names of the hosts that it is for."""
    fate: Fate
    pieces: list[Piece]
    remarks: list[Remark]

    @property
    def arrives(self) -> bool:
        """Whether the arrow reaches the other side."""
        return self.fate not in GONE and self.fate not in STUCK


def arrow(pieces: list[Piece], cells: int, *, rightwards: bool) -> list[Span]:
    """`|--SYN seq=0-->|` in exactly so many cells."""
    label = fit(pieces, cells - _ENDS)
    rest = cells - _ENDS - spans_width(label)
    before, after = "-" * min(rest, 1), "-" * (rest - 1)
    if rightwards:
        return [Span(f"|-{before}", Role.ARROW), *label, Span(f"{after}>|", Role.ARROW)]
    return [Span(f"|<{before}", Role.ARROW), *label, Span(f"{after}-|", Role.ARROW)]


def broken_arrow(pieces: list[Piece], cells: int, fate: Fate, *, rightwards: bool) -> list[Span]:
    """An arrow that ends on the way: `|--SYN seq=0--x` where the frame is gone, `o` where it is still on the wire."""
    end = Span("x" if fate in GONE else "o", Role.FATE)
    label = fit(pieces, cells - _ENDS)
    rest = cells - _ENDS - spans_width(label)
    before, after = "-" * min(rest, 1), "-" * rest
    if rightwards:
        return [Span(f"|-{before}", Role.ARROW), *label, Span(after, Role.ARROW), end]
    return [end, Span(after, Role.ARROW), *label, Span(f"{before}-|", Role.ARROW)]


def broken_length(pieces: list[Piece], most: int) -> int:
    """How long a broken arrow is at best: long enough for its label, shorter than a whole one."""
    payload = sum(min(width(p.text), _EXCERPT) for p in pieces if p.role is Role.PAYLOAD)
    natural = payload + sum(width(p.text) + 1 for p in pieces if p.role is not Role.PAYLOAD)
    return max(min(most * 3 // 5, natural + 8), min(natural + _ENDS + 3, most))


def remark_spans(remarks: Sequence[Remark], *, short: bool = False) -> list[Span]:
    """All remarks, separated by commas."""
    spans: list[Span] = []
    for remark in remarks:
        spans += [Span(", ", Role.PLAIN)] if spans else []
        spans.append(Span(remark.short if short else remark.text, remark.role))
    return spans


def remark_pieces(remarks: Sequence[Remark]) -> list[Piece]:
    """Remarks for which there is no room but in the label."""
    return [Piece(remark.short, remark.role, 8) for remark in remarks]


def spans_width(spans: Sequence[Span]) -> int:
    """Cells of all spans together."""
    return sum(width(span.text) for span in spans)


def cut_spans(spans: Sequence[Span], cells: int) -> list[Span]:
    """As much as fits; what is cut ends with a mark."""
    if spans_width(spans) <= cells:
        return list(spans)
    kept: list[Span] = []
    for span in spans:
        if width(span.text) >= cells:
            text = cut(span.text, cells) if width(span.text) > cells else head(span.text, cells - 1) + "~"
            return [*kept, Span(text, span.role)] if cells > 0 else kept
        kept.append(span)
        cells -= width(span.text)
    return kept


class RowBuilder:
    """Puts spans at columns, from left to right."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.column = 0

    def put(self, column: int, spans: Sequence[Span], cells: int) -> None:
        """Spans at a column, cut to so many cells."""
        if column > self.column:
            self.spans.append(Span(" " * (column - self.column), Role.PLAIN))
            self.column = column
        for span in cut_spans(spans, cells):
            if span.text:
                self.spans.append(span)
                self.column += width(span.text)

    def put_right(self, end: int, spans: Sequence[Span], cells: int) -> None:
        """Spans that end at a column."""
        taken = min(spans_width(spans), cells)
        self.put(end - taken, spans, taken)

    def delay(self, nanoseconds: int) -> None:
        """The time since the row before; negative: none."""
        if nanoseconds >= 0:
            self.put_right(DELAY, [Span("+" + duration(nanoseconds), Role.DELAY)], DELAY + 1)

    def finished(self) -> tuple[Span, ...]:
        """The row's spans."""
        return tuple(self.spans)
