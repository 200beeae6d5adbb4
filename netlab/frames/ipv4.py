"""IPv4 (RFC 791), with fragments and options."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.options import NO_OPERATION, Option, read_options
from netlab.frames.values import Field, Malformed, address_text, too_short

HEADER = Struct("!BBHHHBBH4s4s")
SHORTEST = 20

ICMP, TCP, UDP = 1, 6, 17
NAMES = {ICMP: "ICMP", TCP: "TCP", UDP: "UDP"}
DONT_FRAGMENT, MORE_FRAGMENTS = 0x2, 0x1

PLAIN = 0x45
"""Version 4, five words: a header without options."""


class IPv4(NamedTuple):
    """A datagram's header, or a fragment's. What shares a word in the header is taken apart when it is asked for."""

    start: int
    end: int
    """Where the header, options included, ends."""
    version_and_length: int
    traffic_class: int
    """DSCP and ECN, RFC 2474 and 3168."""
    total_length: int
    """Header and payload, as the header says."""
    identification: int
    fragment: int
    """Flags and fragment offset as they stand."""
    ttl: int
    protocol: int
    checksum: int
    source: bytes
    destination: bytes
    options: tuple[Option, ...]

    @property
    def flags(self) -> int:
        """Three bits: reserved, don't fragment, more fragments."""
        return self.fragment >> 13

    @property
    def fragment_offset(self) -> int:
        """In bytes."""
        return (self.fragment & 0x1FFF) << 3

    @property
    def is_fragment(self) -> bool:
        """One of several; only the first (offset 0) holds the header of what is carried."""
        return bool(self.fragment & 0x3FFF)


def read(data: bytes, start: int, end: int) -> tuple[IPv4 | None, Malformed | None]:
    """The header at `start`; where only a length is malformed, the header all the same."""
    if end - start < SHORTEST:
        return None, too_short("IPv4", SHORTEST, start, end)
    values = HEADER.unpack_from(data, start)
    if values[0] == PLAIN and values[2] == end - start:
        return tuple.__new__(IPv4, (start, start + SHORTEST, *values, ())), None
    header_end, options, malformed = _rest(data, start, end, values[0])
    if not header_end:
        return None, malformed
    malformed = _bad_length(values[2], header_end, start, end) or malformed
    return tuple.__new__(IPv4, (start, header_end, *values, options)), malformed


def _rest(data: bytes, start: int, end: int, first: int) -> tuple[int, tuple[Option, ...], Malformed | None]:
    """The header's end (0 where it has none), its options, and what is wrong with either."""
    if first >> 4 != 4:
        return 0, (), Malformed(f"IPv4: version 4 needed, {first >> 4} there", start)
    length = (first & 15) * 4
    if length < SHORTEST or start + length > end:
        return 0, (), Malformed(f"IPv4: header length {length}, {end - start} bytes there", start)
    options, malformed = read_options("IPv4", data[start + SHORTEST : start + length], start + SHORTEST)
    return start + length, options, malformed


def _bad_length(total: int, header_end: int, start: int, end: int) -> Malformed | None:
    if total < header_end - start:
        return Malformed(f"IPv4: total length {total} is less than the header's {header_end - start}", start + 2)
    if total > end - start:
        return Malformed(f"IPv4: total length {total}, {end - start} bytes there", start + 2)
    return None


def fields(layer: IPv4) -> tuple[Field, ...]:
    """The header's fields in order."""
    at = layer.start
    protocol = f"{layer.protocol} {NAMES.get(layer.protocol, 'unknown')}"
    return (
        Field("ip.version", "version", at, at + 1, "4"),
        Field("ip.hdr_len", "header length", at, at + 1, f"{layer.end - at} bytes"),
        Field("ip.dsfield", "differentiated services", at + 1, at + 2, f"0x{layer.traffic_class:02x}"),
        Field("ip.len", "total length", at + 2, at + 4, f"{layer.total_length} bytes"),
        Field("ip.id", "identification", at + 4, at + 6, f"0x{layer.identification:04x}"),
        Field("ip.flags", "flags", at + 6, at + 7, _flags_text(layer.flags)),
        Field("ip.frag_offset", "fragment offset", at + 6, at + 8, f"{layer.fragment_offset} bytes"),
        Field("ip.ttl", "time to live", at + 8, at + 9, f"{layer.ttl} hops"),
        Field("ip.proto", "protocol", at + 9, at + 10, protocol),
        Field("ip.checksum", "header checksum", at + 10, at + 12, f"0x{layer.checksum:04x}"),
        Field("ip.src", "source", at + 12, at + 16, address_text(layer.source)),
        Field("ip.dst", "destination", at + 16, at + 20, address_text(layer.destination)),
        *(Field("ip.options", "option", o.start, o.end, _option_text(o)) for o in layer.options),
    )


def _flags_text(flags: int) -> str:
    names = [name for bit, name in ((4, "reserved"), (2, "don't fragment"), (1, "more fragments")) if flags & bit]
    return ", ".join(names) or "none"


def _option_text(option: Option) -> str:
    if option.kind <= NO_OPERATION:
        return "no operation" if option.kind else "end of options"
    return f"option {option.kind} {option.value.hex(' ')}".rstrip()
