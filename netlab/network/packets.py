"""Makes the packet sockets that the wire reads and writes: bound, with a ring, deaf to what they send themselves."""

from __future__ import annotations

import socket

from netlab.network.namespaces import Namespace
from netlab.network.relay import ring

_ETH_P_ALL = 0x0003


def open_packet_socket(room: Namespace, interface: str) -> socket.socket:
    """A raw packet socket on one interface of the wire's room (packet(7)).

    The ring is there before the socket is bound, so no frame is ever taken by the socket's ordinary buffer.
    """
    with room.inside():
        packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        try:
            packets.setsockopt(ring.SOL_PACKET, ring.PACKET_IGNORE_OUTGOING, 1)
            packets.setsockopt(ring.SOL_PACKET, ring.PACKET_VERSION, ring.TPACKET_V2)
            packets.setsockopt(ring.SOL_PACKET, ring.PACKET_RX_RING, ring.ring_request())
            packets.bind((interface, _ETH_P_ALL))
        except OSError:
            packets.close()
            raise
    return packets
