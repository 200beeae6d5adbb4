"""Options as IPv4 (RFC 791, section 3.1) and TCP (RFC 9293, section 3.1) write them: kind, length, value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from netlab.frames.values import Malformed

END, NO_OPERATION = 0, 1

_ANY: Mapping[int, Sequence[int]] = {}
_new = tuple.__new__


class Option(NamedTuple):
    """One option, undecoded."""

    kind: int
    start: int
    end: int
    """Offsets in the frame, kind and length bytes included."""
    value: bytes
    """What follows kind and length."""


def read_options(
    protocol: str, data: bytes, offset: int, lengths: Mapping[int, Sequence[int]] = _ANY
) -> tuple[tuple[Option, ...], Malformed | None]:
    """All options in `data`, which lies at `offset` of the frame, up to one that makes no sense or ends them.

    `lengths` are those that a kind may have; kinds that are not in it may have any.
    """
    found: list[Option] = []
    start, end = 0, len(data)
    while start < end:
        kind = data[start]
        length = 1 if kind <= NO_OPERATION else data[start + 1] if start + 1 < end else 0
        if length > end - start or (kind > NO_OPERATION and not _allowed(length, lengths.get(kind))):
            why = f"{protocol}: option {kind} of length {length}, {end - start} bytes there"
            return tuple(found), Malformed(why, offset + start + 1)
        found.append(_new(Option, (kind, offset + start, offset + start + length, data[start + 2 : start + length])))
        if kind == END:
            break
        start += length
    return tuple(found), None


def _allowed(length: int, lengths: Sequence[int] | None) -> bool:
    return length in lengths if lengths else length >= 2
