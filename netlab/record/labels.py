"""The words of a ladder: what a frame says on its arrow, what became of it, a call, a state, a length of time."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import NamedTuple

from netlab.frames import ipv6, tcp
from netlab.frames.arp import Arp
from netlab.frames.checksums import checksums
from netlab.frames.decoding import Frame
from netlab.frames.ipv4 import IPv4
from netlab.frames.tcp import Tcp
from netlab.frames.values import address_text
from netlab.record.cells import cut, width
from netlab.record.flows import Connection
from netlab.record.rows import Role, Span

_EXCERPT_BYTES = 240
_SHORTEST_EXCERPT = 8


class Piece(NamedTuple):
    """A part of an arrow's label."""

    text: str
    role: Role
    worth: int
    """Pieces worth least are left out first where there is no room."""


def duration(nanoseconds: int) -> str:
    """`31 ms`; two or three digits, at most seven cells."""
    if nanoseconds < 999_500:
        return f"{nanoseconds / 1e3:.0f} us"
    if nanoseconds < 999_500_000:
        return f"{nanoseconds / 1e6:.0f} ms"
    seconds = nanoseconds / 1e9
    if seconds < 99.95:
        return f"{seconds:.3g} s" if seconds >= 10 else f"{seconds:.2f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5940 else f"{seconds / 3600:.0f} h"


def excerpt(payload: bytes) -> str:
    """The beginning of a payload in quotes: text as text, everything else escaped."""
    head = payload[:_EXCERPT_BYTES]
    text, _ = codecs.utf_8_decode(head, "backslashreplace", len(head) == len(payload))
    return '"' + "".join(map(_visible, text)) + '"'


def clean(text: str) -> str:
    """Text that came from a program, a packet or an exception, with nothing in it that a terminal would obey."""
    return text if text.isprintable() else "".join(map(_visible, text))


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if character == '"' or character.isprintable():
        return character
    return repr(character)[1:-1]


def fit(pieces: list[Piece], cells: int) -> tuple[Span, ...]:
    """As many of the pieces as fit, joined by spaces; the payload is cut before anything is left out."""
    pieces = list(pieces)
    while pieces:
        room = cells - sum(width(p.text) + 1 for p in pieces) + 1
        payload = next((p for p in pieces if p.role is Role.PAYLOAD), None)
        needed = min(_SHORTEST_EXCERPT, width(payload.text)) if payload else 0
        if payload and room + width(payload.text) >= needed:
            pieces[pieces.index(payload)] = payload._replace(text=_cut_quoted(payload.text, room + width(payload.text)))
            break
        if room >= 0:
            break
        if len(pieces) == 1:
            pieces = [pieces[0]._replace(text=cut(pieces[0].text, cells))]
            break
        pieces.remove(min(pieces, key=lambda p: p.worth))
    spans: list[Span] = []
    for piece in pieces:
        spans += [Span(" ", Role.ARROW)] if spans else []
        spans.append(Span(piece.text, piece.role))
    return tuple(spans)


def _cut_quoted(text: str, cells: int) -> str:
    return text if width(text) <= cells else cut(text[:-1], cells - 1) + '"'


def label(frame: Frame, connection: Connection | None, *, ports: bool = False) -> list[Piece]:
    """What a frame says. `ports`: where several connections have to be told apart."""
    segment, ip = frame.tcp, frame.ip
    if segment is not None and ip is not None:
        pieces = _segment(frame, segment, connection, ports, address_text(ip.source))
    elif frame.udp is not None:
        pieces = [Piece("UDP", Role.FLAGS, 9)]
        if ports:
            pieces.append(_ports(frame.udp.source_port, frame.udp.destination_port))
        pieces += _payload(frame, always=True)
    elif frame.icmp is not None:
        pieces = [Piece(f"ICMP {frame.icmp.meaning}", Role.FLAGS, 9)]
        if frame.icmp.is_echo:
            pieces.append(Piece(f"id={frame.icmp.identifier} seq={frame.icmp.sequence}", Role.NUMBERS, 5))
    elif frame.arp is not None:
        pieces = [Piece(_arp(frame.arp), Role.FLAGS, 9)]
    else:
        pieces = _other(frame)
    return pieces


def _segment(frame: Frame, segment: Tcp, connection: Connection | None, ports: bool, source: str) -> list[Piece]:
    flags, size = segment.flags, frame.payload_end - frame.payload_start
    sequence, acknowledgement = segment.sequence, segment.acknowledgement
    if connection is not None:
        side = connection.side(source, segment.source_port)
        sequence = connection.relative(side, sequence)
        acknowledgement = connection.relative(1 - side, acknowledgement)
    pieces = [Piece(tcp.flags_text(flags), Role.FLAGS, 9)]
    if ports:
        pieces.append(_ports(segment.source_port, segment.destination_port))
    if size or flags & (tcp.SYN | tcp.FIN | tcp.RST):
        pieces.append(Piece(f"seq={sequence}", Role.NUMBERS, 4))
    if flags & tcp.ACK:
        pieces.append(Piece(f"ack={acknowledgement}", Role.NUMBERS, 3 if size else 6))
    if not segment.window and not flags & (tcp.SYN | tcp.RST):
        pieces.append(Piece("win=0", Role.NUMBERS, 7))
    if blocks := segment.sack_blocks if len(segment.option_bytes) > 12 else ():
        pieces.append(
            Piece("sack=" + ",".join(_block(block, connection, source, segment) for block in blocks), Role.NUMBERS, 2)
        )
    return pieces + _payload(frame)


def _block(block: tuple[int, int], connection: Connection | None, source: str, segment: Tcp) -> str:
    """What arrived beyond a gap, in the peer's numbers."""
    if connection is None:
        return f"{block[0]}-{block[1]}"
    peer = 1 - connection.side(source, segment.source_port)
    return f"{connection.relative(peer, block[0])}-{connection.relative(peer, block[1])}"


def _ports(source: int, destination: int) -> Piece:
    return Piece(f"{source}>{destination}", Role.NUMBERS, 1)


def _payload(frame: Frame, *, always: bool = False) -> list[Piece]:
    size = frame.payload_end - frame.payload_start
    if not size and not always:
        return []
    pieces = [Piece(f"{size} B", Role.NUMBERS, 8)]
    return [*pieces, Piece(excerpt(frame.payload), Role.PAYLOAD, 5)] if size else pieces


def _arp(packet: Arp) -> str:
    sender, target = address_text(packet.sender_protocol), address_text(packet.target_protocol)
    if packet.operation == 1:
        return f"ARP who has {target}? tell {sender}"
    return f"ARP {sender} is at {address_text(packet.sender_hardware)}"


def _other(frame: Frame) -> list[Piece]:
    ip, size = frame.ip, frame.payload_end - frame.payload_start
    if ip is None:
        ethernet = frame.ethernet
        name = f"type 0x{ethernet.type:04x}" if ethernet else "no Ethernet"
        return [Piece(name, Role.FLAGS, 9), Piece(f"{size} B", Role.NUMBERS, 5)]
    if frame.is_fragment:
        offset = ip.fragment_offset if isinstance(ip, IPv4) else _fragment_offset(frame)
        name = "IPv4" if isinstance(ip, IPv4) else "IPv6"
        return [Piece(f"{name} fragment", Role.FLAGS, 9), Piece(f"offset={offset} {size} B", Role.NUMBERS, 5)]
    protocol = ip.protocol if isinstance(ip, IPv4) else ip.next_header
    name = "IPv4" if isinstance(ip, IPv4) else "IPv6"
    return [Piece(f"{name} protocol {protocol}", Role.FLAGS, 9), Piece(f"{size} B", Role.NUMBERS, 5)]


def _fragment_offset(frame: Frame) -> int:
    return next(
        layer.fragment_offset for layer in frame.layers if isinstance(layer, ipv6.Extension) and layer.is_fragment
    )


def problem(frame: Frame) -> tuple[str, str]:
    """What is wrong with a frame, long and short; empty where nothing is.

    Its checksums are verified here: when a row is drawn, not before.
    """
    if frame.malformed:
        return f"malformed: {frame.malformed.why}, at byte {frame.malformed.at_byte}", "malformed"
    wrong = [f"bad {found.protocol} checksum" for found in checksums(frame) if not found.right]
    return ", ".join(wrong), "bad sum" if wrong else ""
