"""Everything that a program's terminal showed, with times; of a flood the beginning and the end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from netlab.programs.lasting import what_lasts
from netlab.programs.plain_text import plain_text
from netlab.programs.spec import KIB

_JOIN_NS = 1_000_000  # what comes within a millisecond and is small is one piece
_JOIN_BYTES = 4 * KIB


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that came together."""

    at: int
    """Nanoseconds of CLOCK_MONOTONIC."""
    start: int
    """Position of the first byte in all of the output."""
    data: bytes

    @property
    def end(self) -> int:
        """Position behind the last byte."""
        return self.start + len(self.data)


class Transcript:
    """A terminal's output, at most `head` + `tail` bytes of it; `omitted` says how many were left out between.

    Typed text is in it too, as the terminal echoed it: take a `mark` before typing to tell what came after.
    """

    def __init__(self, head: int = 256 * KIB, tail: int = 256 * KIB) -> None:
        self._head_room, self._tail_room = head, tail
        self._head: list[Piece] = []
        self._tail: deque[Piece] = deque()
        self._text_of: tuple[int, int] = (-1, -1)
        self._text = ""
        self._lasting = b""
        self.total = 0
        """Bytes that came so far, the omitted ones too."""
        self.omitted = 0
        """Bytes that were not kept."""

    def add(self, data: bytes, at: int) -> None:
        """Output came, `at` nanoseconds of CLOCK_MONOTONIC."""
        first = data[: self._head_room]
        if first:
            self._head_room -= len(first)
            self._append(self._head, first, at)
        if len(data) > len(first):
            self._append(self._tail, data[len(first) :], at)
            self._trim()

    def _append(self, pieces: list[Piece] | deque[Piece], data: bytes, at: int) -> None:
        if pieces and at - pieces[-1].at < _JOIN_NS and len(pieces[-1].data) < _JOIN_BYTES:
            last = pieces.pop()
            pieces.append(Piece(last.at, last.start, last.data + data))
        else:
            pieces.append(Piece(at, self.total, data))
        self.total += len(data)

    def _trim(self) -> None:
        while self.total - self._tail[0].end >= self._tail_room:
            gone = self._tail.popleft().data
            self.omitted += len(gone)
            self._lasting = what_lasts(self._lasting + gone)

    def pieces(self) -> tuple[Piece, ...]:
        """What was kept, in order; between two pieces there may be a gap."""
        return (*self._head, *self._tail)

    def mark(self) -> int:
        """The position behind all that came so far."""
        return self.total

    def whole_since(self, position: int) -> bool:
        """Whether every byte from a position on is kept."""
        return not self.omitted or position >= self._tail[0].start

    def raw(self, since: int = 0) -> bytes:
        """The bytes from a mark on; where some are missing, a line that says how many, and what lasts of them."""
        parts = [_from(since, self._head)]
        if self.omitted and self._tail[0].start > since:
            parts.append(f"\r\n[netlab left out {self.omitted:,} bytes of output here]\r\n".encode())
            parts.append(self._lasting)
        parts.append(_from(since, self._tail))
        return b"".join(parts)

    def text(self, since: int = 0) -> str:
        """What was shown from a mark on, without escape sequences, lines ended by `\\n`; see `plain_text`."""
        if self._text_of != (since, self.total):
            self._text, self._text_of = plain_text(self.raw(since)), (since, self.total)
        return self._text

    def lines(self, since: int = 0) -> list[str]:
        """The text's lines; the last one may be a prompt, without an end."""
        return self.text(since).split("\n")

    def shows(self, wanted: str, since: int = 0, *, any_case: bool = False) -> bool:
        """Whether a line from a mark on contains this."""
        text = self.text(since)
        return wanted.casefold() in text.casefold() if any_case else wanted in text


def _from(since: int, pieces: list[Piece] | deque[Piece]) -> bytes:
    return b"".join(piece.data[max(0, since - piece.start) :] for piece in pieces if piece.end > since)
