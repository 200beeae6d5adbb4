"""TCP (RFC 9293, section 3.1), and the options that Linux sends: RFC 2018, 7323."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from netlab.frames.options import END, NO_OPERATION, Option, read_options
from netlab.frames.values import Field, Malformed, too_short

HEADER = Struct("!HHIIHHHH")
SHORTEST = 20

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
FLAG_NAMES = ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS")

MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS = 2, 3, 4, 5, 8
_NAMES = {
    END: "end of options", NO_OPERATION: "no operation", MSS: "maximum segment size", WINDOW_SCALE: "window scale",
    SACK_PERMITTED: "SACK permitted", SACK: "SACK", TIMESTAMPS: "timestamps",
}  # fmt: skip
_IDS = {
    MSS: "tcp.options.mss", WINDOW_SCALE: "tcp.options.wscale", SACK_PERMITTED: "tcp.options.sack_perm",
    SACK: "tcp.options.sack", TIMESTAMPS: "tcp.options.timestamp", NO_OPERATION: "tcp.options.nop",
    END: "tcp.options.eol",
}  # fmt: skip
_LENGTHS = {MSS: (4,), WINDOW_SCALE: (3,), SACK_PERMITTED: (2,), SACK: (10, 18, 26, 34), TIMESTAMPS: (10,)}
_PAIR = Struct("!II")
LINUX_TIMESTAMPS = b"\x01\x01\x08\x0a"
"""How the options of nearly every segment begin: two fillers and timestamps, twelve bytes in all."""


class Tcp(NamedTuple):
    """A segment's header."""

    start: int
    end: int
    """Where the header, options included, ends."""
    source_port: int
    destination_port: int
    sequence: int
    acknowledgement: int
    bits: int
    """Header length and flags as they stand."""
    window: int
    """As sent, before scaling."""
    checksum: int
    urgent: int
    option_bytes: bytes
    """Undecoded; `options` decodes them."""

    @property
    def flags(self) -> int:
        """FIN, SYN, RST, PSH, ACK, URG, ECE, CWR from the lowest bit on, then the four above them."""
        return self.bits & 0xFFF

    @property
    def options(self) -> tuple[Option, ...]:
        """All options up to the first malformed one, with their places in the frame."""
        return read_options("TCP", self.option_bytes, self.start + SHORTEST, _LENGTHS)[0]

    @property
    def mss(self) -> int | None:
        """The largest segment that the sender takes (with a SYN)."""
        value = self._value(MSS)
        return None if value is None else int.from_bytes(value)

    @property
    def window_scale(self) -> int | None:
        """By how many bits the sender's windows are to be shifted (with a SYN)."""
        value = self._value(WINDOW_SCALE)
        return None if value is None else value[0]

    @property
    def sack_permitted(self) -> bool:
        """Whether the sender understands SACK (with a SYN)."""
        return self._value(SACK_PERMITTED) is not None

    @property
    def timestamps(self) -> tuple[int, int] | None:
        """The sender's clock and the echo of the peer's."""
        value = self._value(TIMESTAMPS)
        return None if value is None else _PAIR.unpack(value)

    @property
    def sack_blocks(self) -> tuple[tuple[int, int], ...]:
        """What has arrived beyond a gap: first sequence number, and the one after the last."""
        blocks = (_PAIR.iter_unpack(option.value) for option in self.options if option.kind == SACK)
        return tuple(pair for option in blocks for pair in option)

    def _value(self, kind: int) -> bytes | None:
        return next((o.value for o in self.options if o.kind == kind), None) if self.option_bytes else None


def read(data: bytes, start: int, end: int) -> tuple[Tcp | None, Malformed | None]:
    """The header at `start`."""
    if end - start < SHORTEST:
        return None, too_short("TCP", SHORTEST, start, end)
    values = HEADER.unpack_from(data, start)
    header_end = start + (values[4] >> 12) * 4
    if header_end > end or header_end < start + SHORTEST:
        return None, Malformed(f"TCP: header length {header_end - start}, {end - start} bytes there", start + 12)
    options = data[start + SHORTEST : header_end]
    header: Tcp = tuple.__new__(Tcp, (start, header_end, *values, options))
    return header, read_options("TCP", options, start + SHORTEST, _LENGTHS)[1] if options else None


def flags_text(flags: int) -> str:
    """`SYN,ACK`; `none` where no flag is set."""
    return ",".join(name for bit, name in enumerate(FLAG_NAMES) if flags & 1 << bit) or "none"


def fields(layer: Tcp) -> tuple[Field, ...]:
    """The header's fields in order."""
    at = layer.start
    return (
        Field("tcp.srcport", "source port", at, at + 2, str(layer.source_port)),
        Field("tcp.dstport", "destination port", at + 2, at + 4, str(layer.destination_port)),
        Field("tcp.seq", "sequence number", at + 4, at + 8, str(layer.sequence)),
        Field("tcp.ack", "acknowledgement number", at + 8, at + 12, str(layer.acknowledgement)),
        Field("tcp.hdr_len", "header length", at + 12, at + 13, f"{layer.end - at} bytes"),
        Field("tcp.flags", "flags", at + 12, at + 14, flags_text(layer.flags)),
        Field("tcp.window_size_value", "window", at + 14, at + 16, str(layer.window)),
        Field("tcp.checksum", "checksum", at + 16, at + 18, f"0x{layer.checksum:04x}"),
        Field("tcp.urgent_pointer", "urgent pointer", at + 18, at + 20, str(layer.urgent)),
        *map(_option_field, layer.options),
    )


def _option_field(option: Option) -> Field:
    name = _NAMES.get(option.kind, f"option {option.kind}")
    return Field(_IDS.get(option.kind, "tcp.option"), name, option.start, option.end, _option_text(option))


def _option_text(option: Option) -> str:
    value = option.value
    if option.kind == MSS:
        return f"{int.from_bytes(value)} bytes"
    if option.kind == WINDOW_SCALE:
        return f"{value[0]} bits"
    if option.kind == TIMESTAMPS:
        return "{}, echo of {}".format(*_PAIR.unpack(value))
    if option.kind == SACK:
        return ", ".join(f"{left} to {right}" for left, right in _PAIR.iter_unpack(value))
    return value.hex(" ")
