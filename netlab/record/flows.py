"""Which connection each frame belongs to, and which segments were sent again: an index that grows with the frames.

Numbers on the wire start anywhere; people count from 0. So a connection remembers where each side began. A new SYN
begins a new connection even between the same two ports. What a host puts on its link comes in order, so a sequence
number that was passed before is a segment sent again.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import Any

from netlab.frames import tcp
from netlab.frames.decoding import Frame, decode
from netlab.frames.values import address_text
from netlab.record.store import FrameStore

OTHER, ARP, ICMP, UDP, TCP = range(5)
PROTOCOLS = ("other", "arp", "icmp", "udp", "tcp")

NEVER, PROBE, UNKNOWN = 0, 0xFFFFFFFE, 0xFFFFFFFF
"""What `sent_before` says of a segment that is new, that probes the peer, or whose first sending is not known."""

# The one shape of frame that nearly all have: Ethernet, IPv4 without options, TCP without a fragment.
_USUAL = Struct("!12xHBxH2xHxB2x8x4xIIH")
_IS_USUAL = (0x0800, 0x45)
_SHORTEST = 54
_HALF, _WHOLE = 1 << 31, 1 << 32
_RECENT = 4096
_BATCH = 1 << 20


@dataclass(slots=True)
class Connection:
    """Two endpoints that talk: a TCP connection from its SYN on, or all datagrams between two UDP ports."""

    number: int
    """Counts from 1."""
    protocol: str
    ends: tuple[tuple[str, int], tuple[str, int]]
    """Address and port; first the side whose frame came first."""
    first: int
    """Number of its first frame."""
    bases: list[int] = field(default_factory=lambda: [-1, -1])
    """The sequence number that counts as 0 for each end; -1 while it is not known."""

    def side(self, address: str, port: int) -> int:
        """0 or 1: which end this is."""
        return 0 if self.ends[0] == (address, port) else 1

    def relative(self, side: int, number: int) -> int:
        """A sequence number of that side, counted from its first; negative for one from before this connection."""
        base = self.bases[side]
        if base < 0:
            return number
        difference = (number - base) % _WHOLE
        return difference - _WHOLE if difference > _WHOLE - (1 << 24) else difference


class _Side:
    """One direction of a connection while it is followed."""

    __slots__ = ("connection", "following", "peer", "recent", "side")

    def __init__(self, connection: Connection, side: int) -> None:
        self.connection = connection
        self.side = side
        self.following = -1
        """The sequence number after the last one sent; -1 before the first."""
        self.recent: dict[int, int] = {}
        """Sequence number to the number of the last frame that carried it."""
        self.peer: _Side = self

    def begin(self, sequence: int) -> None:
        """The side's first sequence number is known."""
        self.connection.bases[self.side] = sequence
        self.following = sequence

    def sent(self, number: int, sequence: int, length: int) -> int:
        """Takes note of a segment that takes up sequence numbers; returns when it was sent before (see `NEVER`)."""
        if self.following < 0:
            self.begin((sequence - 1) % _WHOLE)
            self.following = sequence
        before = NEVER
        if (sequence - self.following) % _WHOLE >= _HALF:
            before = self.recent.get(sequence, UNKNOWN)
        end = (sequence + length) % _WHOLE
        if (end - self.following) % _WHOLE < _HALF:
            self.following = end
        self.recent[sequence] = number
        if len(self.recent) > _RECENT:
            del self.recent[next(iter(self.recent))]
        return before


class FlowIndex:
    """Connection, protocol and first sending of every frame."""

    def __init__(self, frames: FrameStore) -> None:
        self._frames = frames
        self._sides: dict[bytes, _Side] = {}
        self.connections: list[Connection] = []
        self.of_frame: array[int] = array("I")
        """The connection's number for each frame; 0 for none."""
        self.sent_before: array[int] = array("I")
        """Number of the frame that carried the same sequence number last; or NEVER, PROBE, UNKNOWN."""
        self.protocols = bytearray()
        """An index into PROTOCOLS for each frame."""

    def refresh(self, most: int = 1 << 40) -> bool:
        """Take in at most so many new frames; whether all are known now."""
        count = len(self._frames)
        goal = min(count, len(self.of_frame) + most)
        while len(self.of_frame) < goal:
            self._take_batch(len(self.of_frame) + 1, goal)
        return goal == count

    def connection(self, number: int) -> Connection | None:
        """The connection that frame `number` belongs to."""
        found = self.of_frame[number - 1] if number <= len(self.of_frame) else 0
        return self.connections[found - 1] if found else None

    def restore(self, arrays: Sequence[array[int]], connections: list[list[Any]]) -> None:
        """Take over what `dump` gave of the same frames. ValueError where a frame is of no connection."""
        self.of_frame, self.sent_before = arrays[0], arrays[1]
        self.protocols += arrays[2].tobytes()
        for number, (protocol, a, b, first, bases) in enumerate(connections, 1):
            self.connections.append(Connection(number, protocol, ((a[0], a[1]), (b[0], b[1])), first, bases))
        if max(self.of_frame, default=0) > len(connections) or max(self.protocols, default=0) >= len(PROTOCOLS):
            raise ValueError("a frame is of no connection")
        if max((number for number in self.sent_before if number < PROBE), default=0) > len(self.of_frame):
            raise ValueError("a frame repeats one that is not there")

    def dump(self) -> tuple[list[array[int]], list[list[Any]]]:
        """Everything, for a file."""
        arrays = [self.of_frame, self.sent_before, array("B", self.protocols)]
        return arrays, [[c.protocol, c.ends[0], c.ends[1], c.first, c.bases] for c in self.connections]

    def _take_batch(self, number: int, goal: int) -> None:
        """One stretch of the log: a read for each frame would cost more than the rest."""
        data, base = self._frames.run_of_bytes(number, _BATCH)
        while number <= goal:
            offset, length = self._frames.place(number)
            if offset - base + length > len(data) and len(data) >= _BATCH and offset != base:
                return
            self._take(number, data, offset - base, length)
            number += 1

    def _take(self, number: int, data: bytes, at: int, length: int) -> None:
        if length >= _SHORTEST and at + length <= len(data):
            kind, version, total, fragment, protocol, sequence, ack, bits = _USUAL.unpack_from(data, at)
            if (kind, version) == _IS_USUAL and protocol == 6 and not fragment & 0x3FFF and 40 <= total <= length - 14:
                key = data[at + 26 : at + 38]
                payload = total - 20 - (bits >> 10 & 60)
                found = self._segment(number, key, sequence, ack, bits & 0xFF, payload)
                self._append(TCP, *found)
                return
        self._append(*self._unusual(number, decode(data[at : at + length])))

    def _append(self, protocol: int, connection: int, before: int) -> None:
        self.protocols.append(protocol)
        self.of_frame.append(connection)
        self.sent_before.append(before)

    def _unusual(self, number: int, frame: Frame) -> tuple[int, int, int]:
        ip, segment, datagram = frame.ip, frame.tcp, frame.udp
        if ip is None or (segment is None and datagram is None):
            return (ARP if frame.arp else ICMP if frame.icmp else OTHER), 0, NEVER
        if segment is not None:
            key = _key(ip.source, ip.destination, segment.source_port, segment.destination_port)
            length = frame.payload_end - frame.payload_start
            return TCP, *self._segment(
                number, key, segment.sequence, segment.acknowledgement, segment.flags & 0xFF, length
            )
        assert datagram is not None
        key = b"u" + _key(ip.source, ip.destination, datagram.source_port, datagram.destination_port)
        side = self._sides.get(key) or self._begin(number, "udp", key)
        return UDP, side.connection.number, NEVER

    def _segment(self, number: int, key: bytes, sequence: int, ack: int, flags: int, length: int) -> tuple[int, int]:
        """The connection and first sending of a TCP segment."""
        side = self._sides.get(key)
        if side is None or flags & tcp.SYN:
            side = self._opened(number, key, side, sequence, ack, flags)
        if flags & (tcp.SYN | tcp.FIN):
            length += (flags & tcp.SYN > 0) + (flags & tcp.FIN > 0)
        if length > 0:
            return side.connection.number, side.sent(number, sequence, length)
        if flags == tcp.ACK and side.following >= 0 and (side.following - sequence) % _WHOLE == 1:
            return side.connection.number, PROBE
        return side.connection.number, NEVER

    def _opened(self, number: int, key: bytes, side: _Side | None, sequence: int, ack: int, flags: int) -> _Side:
        """The side that a SYN, or the first segment seen, belongs to: a known one, or that of a new connection."""
        if side is not None and side.following < 0 and (flags & tcp.ACK or side.peer.recent):
            side.begin(sequence)
            return side
        if side is not None and side.connection.bases[side.side] == sequence:
            return side
        side = self._begin(number, "tcp", key)
        side.begin(sequence if flags & tcp.SYN else (sequence - 1) % _WHOLE)
        if not flags & tcp.SYN:
            side.following = sequence
        if flags & tcp.ACK:
            side.peer.begin((ack - 1) % _WHOLE)
            side.peer.following = ack
        return side

    def _begin(self, number: int, protocol: str, key: bytes) -> _Side:
        a, b = _ends(key if protocol == "tcp" else key[1:])
        connection = Connection(len(self.connections) + 1, protocol, (a, b), number)
        self.connections.append(connection)
        side, peer = _Side(connection, 0), _Side(connection, 1)
        side.peer, peer.peer = peer, side
        self._sides[key], self._sides[_reversed(key)] = side, peer
        return side


def _key(source: bytes, destination: bytes, source_port: int, destination_port: int) -> bytes:
    return source + destination + source_port.to_bytes(2) + destination_port.to_bytes(2)


def _reversed(key: bytes) -> bytes:
    head = key[:1] if len(key) % 4 else b""
    body = key[len(head) :]
    half = (len(body) - 4) // 2
    return head + body[half : 2 * half] + body[:half] + body[-2:] + body[-4:-2]


def _ends(key: bytes) -> tuple[tuple[str, int], tuple[str, int]]:
    half = (len(key) - 4) // 2
    a, b = address_text(key[:half]), address_text(key[half : 2 * half])
    return (a, int.from_bytes(key[-4:-2])), (b, int.from_bytes(key[-2:]))
