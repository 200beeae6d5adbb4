"""Records on disk: one file, `*.netlab`, opened without being read.

    b"netlab record\\n" | version u16 | sections, each: tag 4 bytes | length u64 | content

All numbers are little-endian. META is the record's meta and EVNT its events, as JSON; the index of frames and of
connections lies in INDX and FLOW, the fates that others replaced in PAST (which the first records do not have), the
bytes of the wire's log, untouched, in LOG. Sections that a reader does not know are passed over, so that later versions
may add some.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

from netlab.errors import UsageError
from netlab.record.history import FateHistory
from netlab.record.jsonlines import event_from_json, event_to_json
from netlab.record.logreader import find_history
from netlab.record.record import VERSION, Record, RecordMeta
from netlab.record.store import FrameStore
from netlab.replacing import replacing

MAGIC = b"netlab record\n"
SUFFIX = ".netlab"

_VERSION = Struct("<H")
_SECTION = Struct("<4sQ")
_COUNTS = Struct("<Q")
_CHUNK = 1 << 20


def save(record: Record, path: Path) -> None:
    """Write a record; the file is whole or is not there. OSError as from any write."""
    record.refresh()
    record.flows.refresh()
    with replacing(path) as file:
        _write(record, file)


def open_record(path: Path) -> Record:
    """Open a saved record. UsageError where it is none, is cut short, or is newer than this netlab."""
    try:
        with path.open("rb") as file:
            return _read(file, path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _write(record: Record, file: BinaryIO) -> None:
    file.write(MAGIC + _VERSION.pack(VERSION))
    _write_section(file, b"META", [json.dumps(asdict(record.meta)).encode()])
    _write_section(file, b"EVNT", [json.dumps(event_to_json(event)).encode() + b"\n" for event in record.events])
    frames = record.frames
    _write_section(file, b"INDX", [_COUNTS.pack(len(frames)), *_bytes(frames.arrays())])
    arrays, connections = record.flows.dump()
    listed = json.dumps(connections).encode()
    _write_section(file, b"FLOW", [_COUNTS.pack(len(listed)), listed, *_bytes(arrays)])
    _write_section(file, b"PAST", [_COUNTS.pack(len(frames.history)), *_bytes(frames.history.arrays())])
    file.write(_SECTION.pack(b"LOG ", frames.log_size))
    file.writelines(frames.log())


def _write_section(file: BinaryIO, tag: bytes, parts: Iterable[bytes]) -> None:
    content = b"".join(parts)
    file.write(_SECTION.pack(tag, len(content)) + content)


def _read(file: BinaryIO, path: Path) -> Record:
    head = file.read(len(MAGIC) + _VERSION.size)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + _VERSION.size:
        raise UsageError(f"{path} is not a netlab record.", "`netlab run LAB --save FILE` makes one.")
    (version,) = _VERSION.unpack_from(head, len(MAGIC))
    if version > VERSION:
        raise UsageError(f"{path} was made by a newer netlab (record version {version}).", "Update netlab.")
    try:
        return _record(_sections(file), file)
    except (ValueError, TypeError, KeyError, IndexError, EOFError) as error:
        raise UsageError(f"{path} is damaged: {error}") from error


def _sections(file: BinaryIO) -> dict[bytes, tuple[int, int]]:
    """Offset and length of each section."""
    found = {}
    size = os.fstat(file.fileno()).st_size
    while header := file.read(_SECTION.size):
        if len(header) < _SECTION.size:
            raise EOFError("it ends within a section's header")
        tag, length = _SECTION.unpack(header)
        start = file.tell()
        if start + length > size:
            raise EOFError(f"it ends within section {tag.decode('ascii', 'replace').strip()}")
        found[tag] = start, length
        file.seek(start + length)
    return found


def _record(sections: dict[bytes, tuple[int, int]], file: BinaryIO) -> Record:
    def content(tag: bytes) -> bytes:
        start, length = sections[tag]
        return os.pread(file.fileno(), length, start)

    meta = _meta(json.loads(content(b"META")))
    events = [event_from_json(json.loads(line)) for line in content(b"EVNT").splitlines()]
    log, size = sections[b"LOG "]
    frames = FrameStore(meta.hosts, file.fileno(), base=log, rules=meta.rules)
    frames.restore(_arrays(content(b"INDX"), FrameStore.INDEX), size)
    if b"PAST" in sections:
        frames.history.restore(_arrays(content(b"PAST"), FateHistory.INDEX), size)
    elif frames.fated:
        find_history(frames)
    record = Record(meta, frames=frames, events=events)
    _restore_flows(record, content(b"FLOW"))
    return record


def _meta(value: dict[str, Any]) -> RecordMeta:
    known = {field.name for field in fields(RecordMeta)}
    given = {name: content for name, content in value.items() if name in known}
    given["hosts"] = tuple((str(name), str(address)) for name, address in value["hosts"])
    given["rules"] = tuple(map(str, value.get("rules", ())))
    return RecordMeta(**given)


def _arrays(content: bytes, index: Sequence[tuple[str, str]]) -> list[array[int]]:
    (count,) = _COUNTS.unpack_from(content)
    return _split(content[_COUNTS.size :], count, [code for _, code in index])


def _restore_flows(record: Record, content: bytes) -> None:
    (size,) = _COUNTS.unpack_from(content)
    connections = json.loads(content[_COUNTS.size : _COUNTS.size + size])
    arrays = _split(content[_COUNTS.size + size :], len(record.frames), ["I", "I", "B"])
    record.flows.restore(arrays, connections)


def _split(content: bytes, count: int, codes: list[str]) -> list[array[int]]:
    arrays = []
    for code in codes:
        values: array[int] = array(code)
        taken = count * values.itemsize
        if len(content) < taken:
            raise EOFError("an index is too short")
        values.frombytes(content[:taken])
        content = content[taken:]
        arrays.append(_little(values))
    return arrays


def _bytes(arrays: Iterable[array[int]]) -> list[bytes]:
    return [_little(values).tobytes() for values in arrays]


def _little(values: array[int]) -> array[int]:
    """The same bytes in the file on every machine."""
    if sys.byteorder == "little":
        return values
    values = values[:]
    values.byteswap()
    return values
