"""Ethernet II (IEEE 802.3, clause 3.2.6, as AF_PACKET gives it: from the destination on, without check sequence)."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.values import Field, address_text

HEADER = Struct("!6s6sH")
LENGTH = 14

IPV4, ARP, IPV6 = 0x0800, 0x0806, 0x86DD
LOWEST_TYPE = 0x0600
"""Less than this is a length, not a type."""

NAMES = {IPV4: "IPv4", ARP: "ARP", IPV6: "IPv6"}


class Ethernet(NamedTuple):
    """Which station a frame goes to, which it comes from, and what it carries."""

    destination: bytes
    source: bytes
    type: int

    @property
    def start(self) -> int:
        """Where the header begins: nothing is outside it."""
        return 0

    @property
    def end(self) -> int:
        """Where the header ends."""
        return LENGTH


def fields(layer: Ethernet) -> tuple[Field, ...]:
    """The header's fields in order."""
    at = layer.start
    name = NAMES.get(layer.type, "length" if layer.type < LOWEST_TYPE else "unknown")
    return (
        Field("eth.dst", "destination", at, at + 6, address_text(layer.destination)),
        Field("eth.src", "source", at + 6, at + 12, address_text(layer.source)),
        Field("eth.type", "type", at + 12, at + 14, f"0x{layer.type:04x} {name}"),
    )
