"""A frame taken apart for reading: groups of entries, each with the bytes that it stands for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from netlab.frames import tcp
from netlab.frames.arp import Arp
from netlab.frames.checksums import Checksum, checksums
from netlab.frames.decoding import Frame, Layer
from netlab.frames.ethernet import Ethernet
from netlab.frames.fields import fields, name
from netlab.frames.icmp import Icmp
from netlab.frames.ipv4 import IPv4
from netlab.frames.ipv6 import Extension, IPv6
from netlab.frames.tcp import Tcp
from netlab.frames.udp import Udp
from netlab.frames.values import Field, address_text
from netlab.record.flows import Connection
from netlab.record.labels import excerpt


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a field, or the head of a layer."""

    id: str
    """`Field.id`, or `layer.NAME`: what explanations are looked up by."""
    name: str
    """As the decoders call it."""
    text: str
    """The value."""
    start: int
    end: int
    """Offsets in the frame; equal where it stands for no byte."""
    right: bool | None = None
    """Of a checksum: whether it is right. None of anything else."""
    ought: str = ""
    """What a wrong checksum ought to be."""
    wire: str = ""
    """The value as it stands on the wire, where `text` counts from the connection's first byte."""


@dataclass(frozen=True, slots=True)
class Group:
    """A layer with its fields."""

    head: Entry
    fields: tuple[Entry, ...] = ()


def outline(frame: Frame, connection: Connection | None = None) -> tuple[Group, ...]:
    """The layers from the outside in, then payload, padding, and what is malformed."""
    sums = {found.start: found for found in checksums(frame)}
    groups = [_group(frame, layer, sums, connection) for layer in frame.layers]
    if frame.payload:
        groups.append(_bytes_group("payload", "Payload", frame, frame.payload_start, frame.payload_end))
    if frame.payload_end < len(frame.data):
        groups.append(_bytes_group("padding", "Padding", frame, frame.payload_end, len(frame.data)))
    if frame.malformed:
        at = min(frame.malformed.at_byte, len(frame.data))
        groups.append(Group(Entry("layer.malformed", "Malformed", frame.malformed.why, at, len(frame.data))))
    return tuple(groups)


def entry_at(groups: tuple[Group, ...], offset: int) -> Entry | None:
    """What a byte belongs to: the smallest field over it, else the layer's head."""
    over = [entry for group in groups for entry in (group.head, *group.fields) if entry.start <= offset < entry.end]
    return min(over, key=lambda entry: entry.end - entry.start, default=None)


def _group(frame: Frame, layer: Layer, sums: dict[int, Checksum], connection: Connection | None) -> Group:
    entries = [_entry(field, sums.get(field.start)) for field in fields(layer)]
    if isinstance(layer, Tcp) and connection is not None and frame.ip is not None:
        entries = _counted(entries, layer, connection, address_text(frame.ip.source))
    start, end = layer.start, layer.end
    return Group(Entry(_layer_id(layer), name(layer), _summary(layer), start, end), tuple(entries))


def _entry(field: Field, checksum: Checksum | None) -> Entry:
    if checksum is None or not field.id.endswith("checksum"):
        return Entry(field.id, field.name, field.text, field.start, field.end)
    ought = "" if checksum.right else f"0x{checksum.computed:04x}"
    return Entry(field.id, field.name, field.text, field.start, field.end, checksum.right, ought)


def _counted(entries: list[Entry], layer: Tcp, connection: Connection, source: str) -> list[Entry]:
    """Sequence numbers as people count them, from the connection's beginning."""
    side = connection.side(source, layer.source_port)
    counted = {"tcp.seq": connection.relative(side, layer.sequence)}
    if layer.flags & tcp.ACK:
        counted["tcp.ack"] = connection.relative(1 - side, layer.acknowledgement)
    return [
        replace(entry, text=str(counted[entry.id]), wire=entry.text)
        if entry.id in counted and str(counted[entry.id]) != entry.text
        else entry
        for entry in entries
    ]


def _bytes_group(kind: str, title: str, frame: Frame, start: int, end: int) -> Group:
    text = f"{end - start} B"
    if kind == "payload":
        text += f" {excerpt(frame.data[start:end])}"
    return Group(Entry(f"layer.{kind}", title, text, start, end))


def _layer_id(layer: Layer) -> str:
    if isinstance(layer, Icmp) and layer.version == 6:
        return "layer.icmpv6"
    return f"layer.{type(layer).__name__.lower()}"


def _summary(layer: Layer) -> str:
    """The layer in a few words."""
    match layer:
        case Ethernet() | IPv4() | IPv6():
            return f"{address_text(layer.source)} > {address_text(layer.destination)}"
        case Arp():
            return f"{address_text(layer.sender_protocol)} > {address_text(layer.target_protocol)}"
        case Icmp():
            return layer.meaning
        case Extension():
            return f"{layer.end - layer.start} B"
        case Udp():
            return f"{layer.source_port} > {layer.destination_port}"
        case Tcp():
            return f"{layer.source_port} > {layer.destination_port} {tcp.flags_text(layer.flags)}"
        case _:
            assert_never(layer)
