"""IPv6 (RFC 8200), with its extension headers."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.values import Field, Malformed, address_text, too_short

HEADER = Struct("!IHBB16s16s")
FRAGMENT = Struct("!BBHI")

HOP_BY_HOP, ROUTING, FRAGMENTED, AUTHENTICATION, NO_NEXT, DESTINATION = 0, 43, 44, 51, 59, 60
ICMPV6, TCP, UDP = 58, 6, 17
NAMES = {
    HOP_BY_HOP: "hop-by-hop options", ROUTING: "routing", FRAGMENTED: "fragment", AUTHENTICATION: "authentication",
    NO_NEXT: "no next header", DESTINATION: "destination options", ICMPV6: "ICMPv6", TCP: "TCP", UDP: "UDP",
}  # fmt: skip

_EXTENSIONS = {HOP_BY_HOP, ROUTING, FRAGMENTED, AUTHENTICATION, DESTINATION}


class IPv6(NamedTuple):
    """The fixed header."""

    start: int
    end: int
    traffic_class: int
    flow_label: int
    payload_length: int
    """What follows the fixed header, extension headers included."""
    next_header: int
    hop_limit: int
    source: bytes
    destination: bytes


class Extension(NamedTuple):
    """One extension header."""

    start: int
    end: int
    kind: int
    """The number that announced it."""
    next_header: int
    fragment_offset: int = 0
    """In bytes; fragment headers only."""
    more_fragments: bool = False
    identification: int = 0

    @property
    def is_fragment(self) -> bool:
        """Whether what follows is only a part of a packet."""
        return self.kind == FRAGMENTED and (self.more_fragments or self.fragment_offset > 0)


def read(data: bytes, start: int, end: int) -> tuple[IPv6 | None, Malformed | None]:
    """The fixed header at `start`."""
    if end - start < HEADER.size:
        return None, too_short("IPv6", HEADER.size, start, end)
    first, length, following, hops, source, destination = HEADER.unpack_from(data, start)
    if first >> 28 != 6:
        return None, Malformed(f"IPv6: version 6 needed, {first >> 28} there", start)
    header = IPv6(start, start + 40, first >> 20 & 0xFF, first & 0xFFFFF, length, following, hops, source, destination)
    if start + 40 + length > end:
        return header, Malformed(f"IPv6: payload length {length}, {end - start - 40} bytes there", start + 4)
    return header, None


def is_extension(kind: int) -> bool:
    """Whether a next-header number announces an extension header that can be read."""
    return kind in _EXTENSIONS


def read_extension(data: bytes, kind: int, start: int, end: int) -> tuple[Extension | None, Malformed | None]:
    """The extension header at `start` (RFC 8200, section 4; RFC 4302 for authentication)."""
    if end - start < 8:
        return None, too_short(f"IPv6 {NAMES[kind]} header", 8, start, end)
    if kind == FRAGMENTED:
        following, _, fragment, identification = FRAGMENT.unpack_from(data, start)
        return Extension(start, start + 8, kind, following, fragment & 0xFFF8, bool(fragment & 1), identification), None
    length = (data[start + 1] + 2) * 4 if kind == AUTHENTICATION else (data[start + 1] + 1) * 8
    if start + length > end:
        why = f"IPv6 {NAMES[kind]} header: length {length}, {end - start} bytes there"
        return None, Malformed(why, start + 1)
    malformed = _bad_options(data, kind, start, start + length) if kind in (HOP_BY_HOP, DESTINATION) else None
    if malformed:
        return None, malformed
    return Extension(start, start + length, kind, data[start]), None


def _bad_options(data: bytes, kind: int, start: int, end: int) -> Malformed | None:
    """Options of RFC 8200, section 4.2: type, length, value; type 0 is a single byte of padding."""
    at = start + 2
    while at < end:
        length = 0 if data[at] == 0 else 2 + data[at + 1] if at + 1 < end else end
        if at + length > end:
            return Malformed(f"IPv6 {NAMES[kind]} header: option {data[at]} goes past its end", at + 1)
        at += length or 1
    return None


def fields(layer: IPv6) -> tuple[Field, ...]:
    """The fixed header's fields in order."""
    at = layer.start
    return (
        Field("ipv6.version", "version", at, at + 1, "6"),
        Field("ipv6.tclass", "traffic class", at, at + 2, f"0x{layer.traffic_class:02x}"),
        Field("ipv6.flow", "flow label", at + 1, at + 4, f"0x{layer.flow_label:05x}"),
        Field("ipv6.plen", "payload length", at + 4, at + 6, f"{layer.payload_length} bytes"),
        Field("ipv6.nxt", "next header", at + 6, at + 7, _next_text(layer.next_header)),
        Field("ipv6.hlim", "hop limit", at + 7, at + 8, f"{layer.hop_limit} hops"),
        Field("ipv6.src", "source", at + 8, at + 24, address_text(layer.source)),
        Field("ipv6.dst", "destination", at + 24, at + 40, address_text(layer.destination)),
    )


def extension_fields(layer: Extension) -> tuple[Field, ...]:
    """An extension header's fields in order."""
    at = layer.start
    following = Field("ipv6.ext.nxt", "next header", at, at + 1, _next_text(layer.next_header))
    if layer.kind != FRAGMENTED:
        length = Field("ipv6.ext.len", "length", at + 1, at + 2, f"{layer.end - at} bytes")
        return following, length, Field("ipv6.ext.data", NAMES[layer.kind], at + 2, layer.end, "")
    more = "yes" if layer.more_fragments else "no"
    return (
        following,
        Field("ipv6.fraghdr.offset", "fragment offset", at + 2, at + 4, f"{layer.fragment_offset} bytes"),
        Field("ipv6.fraghdr.more", "more fragments", at + 3, at + 4, more),
        Field("ipv6.fraghdr.ident", "identification", at + 4, at + 8, f"0x{layer.identification:08x}"),
    )


def _next_text(number: int) -> str:
    return f"{number} {NAMES.get(number, 'unknown')}"
