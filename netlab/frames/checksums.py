"""The Internet checksum (RFC 1071), verified on request: only what is looked at pays for it."""

from __future__ import annotations

from typing import NamedTuple

from netlab.frames.decoding import Frame
from netlab.frames.icmp import Icmp
from netlab.frames.ipv4 import IPv4
from netlab.frames.ipv6 import IPv6
from netlab.frames.tcp import Tcp
from netlab.frames.udp import Udp

_PROTOCOLS = {Tcp: 6, Udp: 17}


class Checksum(NamedTuple):
    """A checksum as it stands in a frame, and as it ought to be."""

    protocol: str
    start: int
    """Offset of its two bytes."""
    stored: int
    computed: int

    @property
    def right(self) -> bool:
        """Whether the two agree."""
        return self.stored == self.computed


def internet_checksum(data: bytes) -> int:
    """The ones' complement of the ones' complement sum of all 16-bit words; an odd byte is filled with zero.

    Adding with end-around carry is arithmetic modulo 65535, which a big integer does in one step.
    """
    if len(data) & 1:
        data += b"\0"
    total = int.from_bytes(data)
    remainder = total % 0xFFFF
    return ~(remainder or (0xFFFF if total else 0)) & 0xFFFF


def checksums(frame: Frame) -> tuple[Checksum, ...]:
    """Every checksum that can be verified in this frame; of a fragment only the IP header's."""
    found: list[Checksum] = []
    ip = frame.ip
    for layer in frame.layers:
        if isinstance(layer, IPv4):
            found.append(_header_checksum(frame.data, layer))
        elif isinstance(layer, Tcp | Udp | Icmp) and ip and not frame.is_fragment and not frame.malformed:
            found += _transport_checksum(frame, ip, layer)
    return tuple(found)


def _header_checksum(data: bytes, layer: IPv4) -> Checksum:
    header = data[layer.start : layer.start + 10] + data[layer.start + 12 : layer.end]
    return Checksum("IPv4", layer.start + 10, layer.checksum, internet_checksum(header))


def _transport_checksum(frame: Frame, ip: IPv4 | IPv6, layer: Tcp | Udp | Icmp) -> list[Checksum]:
    if isinstance(layer, Udp) and not layer.checksum and isinstance(ip, IPv4):
        return []
    at = layer.start + (2 if isinstance(layer, Icmp) else 16 if isinstance(layer, Tcp) else 6)
    covered = frame.data[layer.start : at] + b"\0\0" + frame.data[at + 2 : frame.payload_end]
    computed = internet_checksum(_pseudo_header(ip, layer, len(covered)) + covered)
    if isinstance(layer, Udp) and not computed:
        computed = 0xFFFF  # RFC 768: zero would say that there is none
    return [Checksum(type(layer).__name__.upper(), at, layer.checksum, computed)]


def _pseudo_header(ip: IPv4 | IPv6, layer: Tcp | Udp | Icmp, length: int) -> bytes:
    """RFC 9293, section 3.1, and RFC 8200, section 8.1; ICMP for IPv4 has none."""
    if isinstance(layer, Icmp):
        return b"" if isinstance(ip, IPv4) else ip.source + ip.destination + length.to_bytes(4) + b"\0\0\0\x3a"
    return ip.source + ip.destination + length.to_bytes(4) + bytes((0, 0, 0, _PROTOCOLS[type(layer)]))
