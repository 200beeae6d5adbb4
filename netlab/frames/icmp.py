"""ICMP for IPv4 (RFC 792) and IPv6 (RFC 4443): type, code, checksum and the four bytes after them."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.values import Field, Malformed, too_short

HEADER = Struct("!BBHHH")
LENGTH = 8

_V4 = {
    0: "echo reply", 3: "destination unreachable", 5: "redirect", 8: "echo request", 11: "time exceeded",
    12: "parameter problem",
}  # fmt: skip
_V6 = {
    1: "destination unreachable", 2: "packet too big", 3: "time exceeded", 4: "parameter problem", 128: "echo request",
    129: "echo reply", 133: "router solicitation", 134: "router advertisement", 135: "neighbour solicitation",
    136: "neighbour advertisement", 143: "multicast listener report",
}  # fmt: skip
_UNREACHABLE = {
    4: {0: "net", 1: "host", 2: "protocol", 3: "port", 4: "fragmentation needed", 13: "prohibited"},
    6: {0: "no route", 1: "prohibited", 3: "address", 4: "port"},
}
_ECHOES = {4: (0, 8), 6: (128, 129)}


class Icmp(NamedTuple):
    """A control message."""

    start: int
    end: int
    version: int
    """4 or 6: of the protocol that carries it."""
    type: int
    code: int
    checksum: int
    identifier: int
    sequence: int
    """Of an echo; with any other type these two are the unread rest of the header."""

    @property
    def is_echo(self) -> bool:
        """Whether identifier and sequence mean something."""
        return self.type in _ECHOES[self.version]

    @property
    def meaning(self) -> str:
        """Type and code in words."""
        name = (_V4 if self.version == 4 else _V6).get(self.type, f"type {self.type}")
        if name == "destination unreachable":
            return f"{_UNREACHABLE[self.version].get(self.code, f'code {self.code}')} unreachable"
        return name


def read(data: bytes, start: int, end: int, version: int) -> tuple[Icmp | None, Malformed | None]:
    """The message at `start`."""
    if end - start < LENGTH:
        return None, too_short("ICMP" if version == 4 else "ICMPv6", LENGTH, start, end)
    return Icmp(start, start + LENGTH, version, *HEADER.unpack_from(data, start)), None


def fields(layer: Icmp) -> tuple[Field, ...]:
    """The header's fields in order."""
    at, name = layer.start, "icmp" if layer.version == 4 else "icmpv6"
    first = (
        Field(f"{name}.type", "type", at, at + 1, f"{layer.type} {layer.meaning}"),
        Field(f"{name}.code", "code", at + 1, at + 2, str(layer.code)),
        Field(f"{name}.checksum", "checksum", at + 2, at + 4, f"0x{layer.checksum:04x}"),
    )
    if not layer.is_echo:
        return *first, Field(f"{name}.rest", "rest of the header", at + 4, at + 8, "")
    return (
        *first,
        Field(f"{name}.ident", "identifier", at + 4, at + 6, str(layer.identifier)),
        Field(f"{name}.seq", "sequence number", at + 6, at + 8, str(layer.sequence)),
    )
