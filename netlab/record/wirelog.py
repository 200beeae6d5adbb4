"""The log that the wire appends to while a run goes on: its entries as bytes, written and read.

One entry is a header, `<BBHIQ`, and a payload:

    kind u8 | host u8 | flags u16 | payload length u32 | at u64, ns of CLOCK_MONOTONIC | payload

`host` is an index into the run's list of hosts. The k-th FRAME entry is frame number k. The wire process, which has to
be up within milliseconds, imports this module with a bare interpreter: nothing heavier than `struct` and `json` here.
It is read by `logreader`.
"""

from __future__ import annotations

import json
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER = struct.Struct("<BBHIQ")
FATE = struct.Struct("<IBBH")
LOST = struct.Struct("<Q")

KIND_FRAME, KIND_FATE, KIND_STATE, KIND_LOST, KIND_ACTION = range(1, 6)

DELIVERED_AT_ONCE = 1
"""Flag of a FRAME entry: given to all its receivers as it came; no FATE entry follows."""

EVERYBODY = 255
"""Receiver of a FATE entry: all whom the frame was for."""

NO_RULE, BY_HAND = 0, 65535
"""What a FATE entry has in place of a rule's index plus one."""

FATES = (
    "delivered", "dropped", "held", "queued", "delayed", "duplicated", "reordered", "corrupted", "unreachable", "left",
    "travelling",
)  # fmt: skip
"""Values of `events.Fate` in its order; a test holds the two together. Records have their indexes: new ones go last."""


def frame_header(host: int, flags: int, length: int, at: int) -> bytes:
    """The header of a FRAME entry; the frame's bytes follow it, uncopied."""
    return HEADER.pack(KIND_FRAME, host, flags, length, at)


def fate_entry(
    number: int, fate: int, at: int, *, receiver: int = EVERYBODY, rule: int = NO_RULE, text: str = ""
) -> bytes:
    """What became of frame `number`; `fate` is an index into FATES. Replaces what was said of it before."""
    payload = FATE.pack(number, fate, receiver, rule) + text.encode()
    return HEADER.pack(KIND_FATE, 0, 0, len(payload), at) + payload


def state_entry(
    host: int, protocol: str, local: tuple[str, int], remote: tuple[str, int], old: str, new: str, frame: int, at: int
) -> bytes:
    """A socket of `host` went from one state to another; `frame` made or announced it (0: found by looking)."""
    payload = json.dumps([protocol, *local, *remote, old, new, frame]).encode()
    return HEADER.pack(KIND_STATE, host, 0, len(payload), at) + payload


def lost_entry(count: int, at: int) -> bytes:
    """So many frames, since the run began, were carried or lost without being kept."""
    return HEADER.pack(KIND_LOST, 0, 0, LOST.size, at) + LOST.pack(count)


def action_entry(action: str, detail: str, frames: Sequence[int], at: int) -> bytes:
    """Somebody did something to the wire."""
    payload = json.dumps({"action": action, "detail": detail, "frames": list(frames)}).encode()
    return HEADER.pack(KIND_ACTION, 0, 0, len(payload), at) + payload


def entries(data: bytes | memoryview, offset: int = 0) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Each whole entry from `offset` on as (kind, host, flags, at, payload's start, payload's end).

    Stops before an entry that the writer has not finished; the end of the last one is where to go on.
    """
    end = len(data)
    while offset + HEADER.size <= end:
        kind, host, flags, length, at = HEADER.unpack_from(data, offset)
        start = offset + HEADER.size
        offset = start + length
        if offset > end:
            return
        yield kind, host, flags, at, start, offset
