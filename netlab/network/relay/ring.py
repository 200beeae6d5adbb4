"""Where the frames of all hosts come in: a ring of slots that the kernel fills and the wire empties.

It is PACKET_RX_RING with TPACKET_V2 (Documentation/networking/packet_mmap.rst): not bounded by `rmem_max`, so that a
burst waits in it. TPACKET_V3 would hold single frames back. One socket hears all cables of the wire's room, so frames
come in the order in which the hosts sent them; to set up a ring costs the kernel an RCU grace period, 10 ms and more,
which is one more reason to have but one.
"""

from __future__ import annotations

import _socket
import mmap
import struct
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Arrival: TypeAlias = tuple[int, int, bytes]

SOL_PACKET = 263
PACKET_RX_RING, PACKET_STATISTICS, PACKET_VERSION, PACKET_IGNORE_OUTGOING = 5, 6, 10, 23
TPACKET_V2 = 1

SLOT = 2048
BLOCK = 1 << 16
SLOTS = 16384
"""32 MiB: with 32 connections at full speed and a wire that stalled for 1 s, nothing was lost."""

_HEADER = struct.Struct("=IIIHHII12xi")  # struct tpacket2_hdr, then sll_ifindex of the struct sockaddr_ll behind it
_FREE = bytes(4)
_STATISTICS = struct.Struct("=II")


class Ring:
    """The frames that have come and were not taken yet."""

    def __init__(self, fd: int) -> None:
        """`fd` is a raw packet socket that hears all interfaces. Nothing is sent while this sets it up."""
        self.fd = fd
        self._socket = _socket.socket(fileno=fd)
        self._socket.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self._socket.setsockopt(SOL_PACKET, PACKET_VERSION, TPACKET_V2)
        self._socket.setsockopt(
            SOL_PACKET, PACKET_RX_RING, struct.pack("=IIII", BLOCK, SLOTS * SLOT // BLOCK, SLOT, SLOTS)
        )
        self._slots = mmap.mmap(fd, SLOT * SLOTS, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self._at = 0
        self.seen_until = 0
        """Every frame that was sent before this time has been taken."""

    def take(self, limit: int) -> list[Arrival]:
        """Up to `limit` frames as (ns of CLOCK_MONOTONIC, interface index, bytes), in the order of their sending.

        The kernel stamps them as they are sent, in CLOCK_REALTIME: what lies between the clocks is asked each time.
        """
        now = time.monotonic_ns()
        offset = time.time_ns() - now
        slots, at, unpack = self._slots, self._at, _HEADER.unpack_from
        end = len(slots)
        frames: list[Arrival] = []
        while len(frames) < limit:
            status, _, length, mac, _, seconds, nanoseconds, interface = unpack(slots, at)
            if not status & 1:
                break
            start = at + mac
            frames.append((seconds * 1_000_000_000 + nanoseconds - offset, interface, slots[start : start + length]))
            slots[at : at + 4] = _FREE
            at += SLOT
            if at == end:
                at = 0
        self._at = at
        self.seen_until = now if len(frames) < limit else frames[-1][0]
        return frames

    def waiting(self) -> bool:
        """Whether a frame is there."""
        return self._slots[self._at : self._at + 4] != _FREE

    def lost(self) -> int:
        """Frames that found the ring full since this was last asked."""
        return int(_STATISTICS.unpack(self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, _STATISTICS.size))[1])
