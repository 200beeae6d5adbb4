"""Every field of every layer with its bytes: what a byte inspector draws."""

from __future__ import annotations

from typing import assert_never

from netlab.frames import arp, ethernet, icmp, ipv4, ipv6, tcp, udp
from netlab.frames.arp import Arp
from netlab.frames.decoding import Layer
from netlab.frames.ethernet import Ethernet
from netlab.frames.icmp import Icmp
from netlab.frames.ipv4 import IPv4
from netlab.frames.ipv6 import Extension, IPv6
from netlab.frames.tcp import Tcp
from netlab.frames.udp import Udp
from netlab.frames.values import Field


def fields(layer: Layer) -> tuple[Field, ...]:
    """The layer's fields in the order of their bytes."""
    match layer:
        case Ethernet():
            return ethernet.fields(layer)
        case Arp():
            return arp.fields(layer)
        case IPv4():
            return ipv4.fields(layer)
        case IPv6():
            return ipv6.fields(layer)
        case Extension():
            return ipv6.extension_fields(layer)
        case Icmp():
            return icmp.fields(layer)
        case Udp():
            return udp.fields(layer)
        case Tcp():
            return tcp.fields(layer)
        case _:
            assert_never(layer)


def name(layer: Layer) -> str:
    """The protocol's name."""
    match layer:
        case Icmp(version=6):
            return "ICMPv6"
        case Extension():
            return f"IPv6 {ipv6.NAMES[layer.kind]}"
        case Arp() | Icmp() | Udp() | Tcp():
            return type(layer).__name__.upper()
        case _:
            return type(layer).__name__
