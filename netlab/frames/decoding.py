"""A frame's bytes to its layers. Whatever the bytes are, the answer is a value."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames import arp, ethernet, icmp, ipv4, ipv6, tcp, udp
from netlab.frames.arp import Arp
from netlab.frames.ethernet import Ethernet
from netlab.frames.icmp import Icmp
from netlab.frames.ipv4 import IPv4
from netlab.frames.ipv6 import Extension, IPv6
from netlab.frames.tcp import Tcp
from netlab.frames.udp import Udp
from netlab.frames.values import Malformed, too_short

Layer = Ethernet | Arp | IPv4 | IPv6 | Extension | Icmp | Udp | Tcp

# Built past NamedTuple's own __new__, which is three times as slow.
_new = tuple.__new__
_IPV4, _TCP, _UDP = ethernet.IPV4, ipv4.TCP, ipv4.UDP
_USUAL = Struct(ethernet.HEADER.format + ipv4.HEADER.format[1:] + tcp.HEADER.format[1:])
_unpack = _USUAL.unpack_from


class Frame(NamedTuple):
    """A decoded frame. What no layer claimed lies between `payload_start` and `payload_end`; padding lies behind it."""

    data: bytes
    layers: tuple[Layer, ...]
    """From the outside in."""
    payload_start: int
    payload_end: int
    malformed: Malformed | None = None
    """What is wrong, where something is; the layers before it are sound."""

    @property
    def payload(self) -> bytes:
        """What the innermost layer carries."""
        return self.data[self.payload_start : self.payload_end]

    @property
    def ethernet(self) -> Ethernet | None:
        """The outermost layer; None where not even that fits."""
        first = self.layers[0] if self.layers else None
        return first if isinstance(first, Ethernet) else None

    @property
    def arp(self) -> Arp | None:
        """The ARP packet, if the frame carries one."""
        return next((layer for layer in self.layers if isinstance(layer, Arp)), None)

    @property
    def ip(self) -> IPv4 | IPv6 | None:
        """The header of the internet layer."""
        return next((layer for layer in self.layers if isinstance(layer, IPv4 | IPv6)), None)

    @property
    def tcp(self) -> Tcp | None:
        """The segment's header."""
        return next((layer for layer in self.layers if isinstance(layer, Tcp)), None)

    @property
    def udp(self) -> Udp | None:
        """The datagram's header."""
        return next((layer for layer in self.layers if isinstance(layer, Udp)), None)

    @property
    def icmp(self) -> Icmp | None:
        """The control message's header."""
        return next((layer for layer in self.layers if isinstance(layer, Icmp)), None)

    @property
    def is_fragment(self) -> bool:
        """Whether the frame carries only a part of a packet."""
        return any(layer.is_fragment for layer in self.layers if isinstance(layer, IPv4 | Extension))


def decode(data: bytes) -> Frame:
    """The layers of an Ethernet frame, as far as they can be read.

    Nearly every frame is Ethernet, IPv4 without options or fragments, and TCP with no options or the usual timestamps:
    that is read with one look. The layers of everything else are read one by one.
    """
    if len(data) < _USUAL.size:
        return _layered(data)
    values = _unpack(data)
    end, header_end = 14 + values[5], 34 + (values[17] >> 10 & 60)
    if (
        values[2] == _IPV4
        and values[3] == ipv4.PLAIN
        and values[9] == _TCP
        and not values[7] & 0x3FFF
        and header_end <= end <= len(data)
        and (header_end == 54 or (header_end == 66 and data.startswith(tcp.LINUX_TIMESTAMPS, 54)))
    ):
        outer = _new(Ethernet, values[:3])
        header = _new(IPv4, (14, 34, *values[3:13], ()))
        segment = _new(Tcp, (34, header_end, *values[13:], data[54:header_end]))
        return _new(Frame, (data, (outer, header, segment), header_end, end, None))
    return _layered(data)


def _layered(data: bytes) -> Frame:
    end = len(data)
    if end < ethernet.LENGTH:
        return Frame(data, (), 0, end, too_short("Ethernet", ethernet.LENGTH, 0, end))
    outer: Ethernet = _new(Ethernet, ethernet.HEADER.unpack_from(data))
    if outer.type == _IPV4:
        return _ipv4(data, outer, end)
    if outer.type == ethernet.IPV6:
        return _ipv6(data, outer, end)
    if outer.type == ethernet.ARP:
        return _arp(data, outer, end)
    return Frame(data, (outer,), ethernet.LENGTH, end)


def _arp(data: bytes, outer: Ethernet, end: int) -> Frame:
    packet, malformed = arp.read(data, 14, end)
    if packet is None:
        return Frame(data, (outer,), 14, end, malformed)
    return Frame(data, (outer, packet), packet.end, packet.end, malformed)


def _ipv4(data: bytes, outer: Ethernet, end: int) -> Frame:
    header, malformed = ipv4.read(data, 14, end)
    if header is None:
        return Frame(data, (outer,), 14, end, malformed)
    if malformed:
        return Frame(data, (outer, header), header.end, end, malformed)
    end, start = 14 + header.total_length, header.end
    if header.fragment_offset:
        return Frame(data, (outer, header), start, end)
    return _transport(data, (outer, header), header.protocol, start, end, header.is_fragment)


def _ipv6(data: bytes, outer: Ethernet, end: int) -> Frame:
    header, malformed = ipv6.read(data, 14, end)
    if header is None or malformed:
        layers: tuple[Layer, ...] = (outer, header) if header else (outer,)
        return Frame(data, layers, layers[-1].end, end, malformed)
    layers, kind, start, end = (outer, header), header.next_header, header.end, header.end + header.payload_length
    fragment = False
    while ipv6.is_extension(kind):
        extension, malformed = ipv6.read_extension(data, kind, start, end)
        if extension is None:
            return Frame(data, layers, start, end, malformed)
        layers, kind, start = (*layers, extension), extension.next_header, extension.end
        if extension.fragment_offset:
            return Frame(data, layers, start, end)
        fragment |= extension.more_fragments
    return _transport(data, layers, kind, start, end, fragment)


def _transport(data: bytes, layers: tuple[Layer, ...], kind: int, start: int, end: int, fragment: bool) -> Frame:
    layer: Layer | None
    if kind == _UDP:
        return _udp(data, layers, start, end, fragment)
    if kind == _TCP:
        layer, malformed = tcp.read(data, start, end)
    elif kind == (ipv4.ICMP if isinstance(layers[1], IPv4) else ipv6.ICMPV6):
        layer, malformed = icmp.read(data, start, end, 4 if kind == ipv4.ICMP else 6)
    else:
        return Frame(data, layers, start, end)
    if layer is None:
        return Frame(data, layers, start, end, _unless_cut(malformed, end, fragment))
    return Frame(data, (*layers, layer), layer.end, end, malformed)


def _udp(data: bytes, layers: tuple[Layer, ...], start: int, end: int, fragment: bool) -> Frame:
    header, malformed = udp.read(data, start, end, fragment)
    if header is None:
        return Frame(data, layers, start, end, _unless_cut(malformed, end, fragment))
    if not malformed and header.length < end - start:
        end = start + header.length
    return _new(Frame, (data, (*layers, header), header.end, end, malformed))


def _unless_cut(malformed: Malformed | None, end: int, fragment: bool) -> Malformed | None:
    """A first fragment may end within the header that it carries; that is odd, and not malformed."""
    return None if fragment and malformed and malformed.at_byte == end else malformed
