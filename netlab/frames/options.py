"""Options as IPv4 (RFC 791, section 3.1) and TCP (RFC 9293, section 3.1) write them: kind, length, value."""

from __future__ import annotations

from typing import NamedTuple

from netlab.frames.values import Malformed

END, NO_OPERATION = 0, 1


class Option(NamedTuple):
    """One option, undecoded."""

    kind: int
    start: int
    end: int
    """Offsets in the frame, kind and length bytes included."""
    value: bytes
    """What follows kind and length."""


def read_options(protocol: str, data: bytes, start: int, end: int) -> tuple[tuple[Option, ...], Malformed | None]:
    """All options between two offsets, up to the first that makes no sense or the one that ends them."""
    found: list[Option] = []
    while start < end:
        kind = data[start]
        if kind in (END, NO_OPERATION):
            found.append(Option(kind, start, start + 1, b""))
            if kind == END:
                break
            start += 1
            continue
        if start + 1 >= end:
            return tuple(found), Malformed(f"{protocol}: option {kind} has no length", start + 1)
        length = data[start + 1]
        if length < 2 or start + length > end:
            why = f"{protocol}: option {kind} of length {length}, {end - start} bytes there"
            return tuple(found), Malformed(why, start + 1)
        found.append(Option(kind, start, start + length, data[start + 2 : start + length]))
        start += length
    return tuple(found), None
