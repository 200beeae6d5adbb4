"""A record for Wireshark: pcapng (draft-ietf-opsawg-pcapng), an interface for each host, a comment for each frame.

Times are on the wall clock, in nanoseconds (if_tsresol 9). A frame belongs to the interface of the host that sent it.
"""

from __future__ import annotations

from struct import pack
from typing import BinaryIO

from netlab.record.events import FrameSeen
from netlab.record.fates import remarks
from netlab.record.record import Record

_SECTION, _INTERFACE, _PACKET = 0x0A0D0D0A, 1, 6
_BYTE_ORDER = 0x1A2B3C4D
_ETHERNET = 1
_COMMENT, _APPLICATION, _NAME, _DESCRIPTION, _RESOLUTION = 1, 4, 2, 3, 9
_FLUSH_AT = 1 << 20


def write_pcapng(record: Record, file: BinaryIO) -> None:
    """The whole capture, streamed."""
    record.flows.refresh()
    index = {name: number for number, (name, _) in enumerate(record.meta.hosts)}
    blocks = bytearray(_section(record))
    for name, address in record.meta.hosts:
        blocks += _interface(name, address)
    for frame in record.frames:
        blocks += _packet(record, frame, index[frame.sender])
        if len(blocks) > _FLUSH_AT:
            file.write(blocks)
            blocks.clear()
    file.write(blocks)


def comment(record: Record, frame: FrameSeen) -> str:
    """`frame 5 from client, lost: rule 1 of wire.toml`."""
    said = remarks(frame, record.flows.sent_before[frame.number - 1], record.frames, ("", ""))
    words = [f"frame {frame.number} from {frame.sender}"]
    if frame.receivers:
        words[0] += f" to {' and '.join(frame.receivers)}"
    words += [remark.text for remark in said] or ["delivered"]
    if detail := record.frames.detail(frame.number):
        words.append(detail)
    return ", ".join(words)


def _section(record: Record) -> bytes:
    meta = record.meta
    what = " ".join(filter(None, (meta.lab, meta.scene)))
    options = _option(_COMMENT, what) + _option(_APPLICATION, f"netlab {meta.netlab}".rstrip())
    return _block(_SECTION, pack("<IHHq", _BYTE_ORDER, 1, 0, -1) + options + _option(0, ""))


def _interface(name: str, address: str) -> bytes:
    options = _option(_NAME, name) + _option(_DESCRIPTION, address) + pack("<HHB3x", _RESOLUTION, 1, 9)
    return _block(_INTERFACE, pack("<HHI", _ETHERNET, 0, 0) + options + _option(0, ""))


def _packet(record: Record, frame: FrameSeen, interface: int) -> bytes:
    at, size = record.wall_clock(frame.at), len(frame.data)
    head = pack("<IIIII", interface, at >> 32 & 0xFFFFFFFF, at & 0xFFFFFFFF, size, size)
    options = _option(_COMMENT, comment(record, frame)) + _option(0, "")
    return _block(_PACKET, head + _padded(frame.data) + options)


def _block(kind: int, body: bytes) -> bytes:
    length = len(body) + 12
    return pack("<II", kind, length) + body + pack("<I", length)


def _option(code: int, text: str) -> bytes:
    """An option; code 0, the end of options; nothing for no text."""
    value = text.encode()[:60_000]
    if code and not value:
        return b""
    return pack("<HH", code, len(value)) + _padded(value)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
