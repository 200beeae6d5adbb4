"""UDP (RFC 768)."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.values import Field, Malformed, too_short

HEADER = Struct("!HHHH")
LENGTH = 8


class Udp(NamedTuple):
    """A datagram's header."""

    start: int
    end: int
    source_port: int
    destination_port: int
    length: int
    """Header and payload, as the header says."""
    checksum: int
    """0: the sender made none."""


def read(data: bytes, start: int, end: int, fragment: bool = False) -> tuple[Udp | None, Malformed | None]:
    """The header at `start`. The first fragment of a datagram is shorter than its length says, rightly."""
    if end - start < LENGTH:
        return None, too_short("UDP", LENGTH, start, end)
    values = HEADER.unpack_from(data, start)
    header: Udp = tuple.__new__(Udp, (start, start + LENGTH, *values))
    if LENGTH <= values[2] <= end - start or (fragment and values[2] >= LENGTH):
        return header, None
    return header, Malformed(f"UDP: length {values[2]}, {end - start} bytes there", start + 4)


def fields(layer: Udp) -> tuple[Field, ...]:
    """The header's fields in order."""
    at = layer.start
    return (
        Field("udp.srcport", "source port", at, at + 2, str(layer.source_port)),
        Field("udp.dstport", "destination port", at + 2, at + 4, str(layer.destination_port)),
        Field("udp.length", "length", at + 4, at + 6, f"{layer.length} bytes"),
        Field("udp.checksum", "checksum", at + 6, at + 8, f"0x{layer.checksum:04x}"),
    )
