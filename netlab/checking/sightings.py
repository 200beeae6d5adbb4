"""What passed on the wire between the programs of a trial, decoded: what a checkpoint about frames judges.

ARP, ICMP and IPv6 never count (course.md); a frame that does not decode is passed over, like on a host.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from netlab.frames.decoding import decode
from netlab.frames.ipv4 import IPv4
from netlab.frames.tcp import flags_text
from netlab.frames.values import address_text
from netlab.record.events import Fate, FrameSeen


@dataclass(frozen=True, slots=True)
class Sighting:
    """One TCP segment or UDP datagram on the wire."""

    number: int
    """Of its frame in the record, counted from 1."""
    at: int
    """Nanoseconds of CLOCK_MONOTONIC."""
    sender: str
    """Name of the host."""
    protocol: str
    """`tcp` or `udp`."""
    source: tuple[str, int]
    destination: tuple[str, int]
    flags: frozenset[str]
    """`SYN`, `ACK`, `FIN`, ...; empty for UDP."""
    sequence: int
    """Raw sequence number; 0 for UDP."""
    acknowledgement: int
    payload: bytes
    fate: Fate

    @property
    def ports(self) -> tuple[int, int]:
        """Both, the sender's first."""
        return self.source[1], self.destination[1]

    def __str__(self) -> str:
        what = ",".join(sorted(self.flags)) or self.protocol.upper()
        size = f" {len(self.payload)} B" if self.payload or self.protocol == "udp" else ""
        return f"frame {self.number}: {self.sender} {what}{size}"


def sightings(frames: Iterable[FrameSeen]) -> Iterator[Sighting]:
    """The TCP segments and UDP datagrams among these frames, over IPv4, in their order."""
    for seen in frames:
        frame = decode(seen.data)
        header = frame.tcp or frame.udp
        if not isinstance(frame.ip, IPv4) or header is None or frame.malformed:
            continue
        tcp = frame.tcp
        yield Sighting(
            number=seen.number,
            at=seen.at,
            sender=seen.sender,
            protocol="tcp" if tcp else "udp",
            source=(address_text(frame.ip.source), header.source_port),
            destination=(address_text(frame.ip.destination), header.destination_port),
            flags=frozenset(flags_text(tcp.flags).split(",")) if tcp else frozenset(),
            sequence=tcp.sequence if tcp else 0,
            acknowledgement=tcp.acknowledgement if tcp else 0,
            payload=frame.payload,
            fate=seen.fate,
        )
