"""Makes the packet sockets that the wire hears and speaks with (packet(7))."""

from __future__ import annotations

import socket

from netlab.network.namespaces import Namespace

_ETH_P_ALL = 0x0003
_SOL_PACKET, _PACKET_QDISC_BYPASS = 263, 20


def open_listener(room: Namespace) -> socket.socket:
    """Hears every frame that comes in on any interface of the wire's room, present or future: for `relay.ring`."""
    with room.inside():
        return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))


def open_sender(room: Namespace, interface: str) -> tuple[socket.socket, int]:
    """Sends on one interface and hears nothing; and the interface's index, by which the listener knows its frames.

    It goes past the interface's queue. The kernel puts one there some time after the link has come up, and drops
    without a word what is sent before: on a busy machine that was the first frame of a conversation.
    """
    with room.inside():
        sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        sender.setsockopt(_SOL_PACKET, _PACKET_QDISC_BYPASS, 1)
        sender.bind((interface, 0))
        return sender, socket.if_nametoindex(interface)
