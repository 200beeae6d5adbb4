"""ARP (RFC 826): who has this address?"""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.values import Field, Malformed, address_text, too_short

HEADER = Struct("!HHBBH")
OPERATIONS = {1: "request", 2: "reply"}


class Arp(NamedTuple):
    """A question for the hardware address that belongs to a protocol address, or the answer."""

    start: int
    end: int
    hardware_type: int
    protocol_type: int
    hardware_length: int
    protocol_length: int
    operation: int
    sender_hardware: bytes
    sender_protocol: bytes
    target_hardware: bytes
    target_protocol: bytes


def read(data: bytes, start: int, end: int) -> tuple[Arp | None, Malformed | None]:
    """The packet at `start`; addresses have whatever lengths it says."""
    if end - start < HEADER.size:
        return None, too_short("ARP", HEADER.size, start, end)
    hardware, protocol, hlen, plen, operation = HEADER.unpack_from(data, start)
    needed = HEADER.size + 2 * (hlen + plen)
    if end - start < needed:
        return None, too_short("ARP", needed, start, end)
    a = start + HEADER.size
    b, c, d = a + hlen, a + hlen + plen, a + 2 * hlen + plen
    addresses = data[a:b], data[b:c], data[c:d], data[d : d + plen]
    return Arp(start, start + needed, hardware, protocol, hlen, plen, operation, *addresses), None


def fields(layer: Arp) -> tuple[Field, ...]:
    """The packet's fields in order."""
    at = layer.start
    a = at + HEADER.size
    b = a + layer.hardware_length
    c = b + layer.protocol_length
    d = c + layer.hardware_length
    operation = f"{layer.operation} {OPERATIONS.get(layer.operation, 'unknown')}"
    return (
        Field("arp.hw.type", "hardware type", at, at + 2, str(layer.hardware_type)),
        Field("arp.proto.type", "protocol type", at + 2, at + 4, f"0x{layer.protocol_type:04x}"),
        Field("arp.hw.size", "hardware address length", at + 4, at + 5, str(layer.hardware_length)),
        Field("arp.proto.size", "protocol address length", at + 5, at + 6, str(layer.protocol_length)),
        Field("arp.opcode", "operation", at + 6, at + 8, operation),
        Field("arp.src.hw_mac", "sender's hardware address", a, b, address_text(layer.sender_hardware)),
        Field("arp.src.proto_ipv4", "sender's address", b, c, address_text(layer.sender_protocol)),
        Field("arp.dst.hw_mac", "target's hardware address", c, d, address_text(layer.target_hardware)),
        Field("arp.dst.proto_ipv4", "target's address", d, layer.end, address_text(layer.target_protocol)),
    )
