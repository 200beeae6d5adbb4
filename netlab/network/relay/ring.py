"""One host's end of the wire: frames come out of a ring that the kernel fills, and go out by write().

The ring is PACKET_RX_RING, TPACKET_V2 (Documentation/networking/packet_mmap.rst): it is not bounded by `rmem_max`, and a
burst waits in it. TPACKET_V3 would hold single frames back.
"""

from __future__ import annotations

import _socket
import mmap
import os
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
SLOTS = 8192
"""16 MiB a host: more than the receive windows of some connections hold in flight."""

_HEADER = struct.Struct("=IIIHHII")  # struct tpacket2_hdr up to tp_nsec
_FREE = bytes(4)
_STATISTICS = struct.Struct("=II")


def ring_request() -> bytes:
    """struct tpacket_req for setsockopt(PACKET_RX_RING)."""
    return struct.pack("=IIII", BLOCK, SLOTS * SLOT // BLOCK, SLOT, SLOTS)


class Port:
    """What the wire has of a host: its index, and the packet socket on the far end of its cable."""

    def __init__(self, index: int, fd: int) -> None:
        """`fd` is a packet socket with a ring, bound to the interface. The port owns it."""
        self.index = index
        self.fd = fd
        self._socket = _socket.socket(fileno=fd)
        self._ring = mmap.mmap(fd, SLOT * SLOTS, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self._next = 0
        self.seen_until = 0
        """Every frame that was sent before this time has been taken."""

    def take(self, limit: int, clock_offset: int) -> list[Arrival]:
        """Up to `limit` frames in the order of their arrival: (ns of CLOCK_MONOTONIC, index, bytes).

        The kernel stamps frames in CLOCK_REALTIME as the host sends them; `clock_offset` is what lies between the clocks.
        """
        ring, index, at = self._ring, self.index, self._next * SLOT
        end, unpack = len(ring), _HEADER.unpack_from
        frames: list[Arrival] = []
        now = time.monotonic_ns()
        while len(frames) < limit:
            status, _, length, mac, _, seconds, nanoseconds = unpack(ring, at)
            if not status & 1:
                break
            start = at + mac
            frames.append((seconds * 1_000_000_000 + nanoseconds - clock_offset, index, ring[start : start + length]))
            ring[at : at + 4] = _FREE
            at += SLOT
            if at == end:
                at = 0
        self._next = at // SLOT
        self.seen_until = now if len(frames) < limit else frames[-1][0]
        return frames

    def waiting(self) -> bool:
        """Whether a frame is in the ring."""
        at = self._next * SLOT
        return self._ring[at : at + 4] != _FREE

    def send(self, frame: bytes) -> bool:
        """Put a frame on this host's cable; false where there is nobody at its end any more."""
        try:
            os.write(self.fd, frame)
        except OSError:
            return False
        return True

    def lost(self) -> int:
        """Frames that found the ring full since this was last asked."""
        return int(_STATISTICS.unpack(self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, _STATISTICS.size))[1])

    def close(self) -> None:
        """The cable is pulled out."""
        self._ring.close()
        self._socket.close()
