"""Follows the wire's log while it grows: frames go into a FrameStore, the rest comes out as events.

Apart from `wirelog` because the wire process imports that one with a bare interpreter. An entry that the writer has not
finished is read the next time; an entry that makes no sense ends the reading, and is said, rather than guessed at.
"""

from __future__ import annotations

import json
import os
import struct

from netlab.record.events import ActionTaken, Event, FramesLost, StateChanged
from netlab.record.store import FrameStore
from netlab.record.wirelog import FATE, HEADER, KIND_ACTION, KIND_FATE, KIND_FRAME, KIND_LOST, KIND_STATE, LOST, entries

_CHUNK = 1 << 20
_LONGEST = 1 << 24


class WireLog:
    """An incremental reader of one log."""

    def __init__(self, fd: int, frames: FrameStore) -> None:
        """`fd` is duplicated; `frames` is over the same log, and is filled."""
        self._fd = os.dup(fd)
        self._hosts = frames.hosts
        self.frames = frames
        self.position = 0
        """Bytes read so far."""
        self.skipped = 0
        """Frames that came when the record was full."""
        self.broken = ""
        """Why reading stopped for good, or nothing."""

    def refresh(self, *, full: bool = False) -> list[Event]:
        """Take in what has been added; returns the events that are no frames, in the log's order.

        When `full`, frames are counted and not kept.
        """
        found: list[Event] = []
        size = _CHUNK
        while not self.broken:
            data = os.pread(self._fd, size, self.position)
            taken = self._take(data, found, full)
            self.position += taken
            self.frames.log_size = self.position
            if len(data) < size:
                break
            size = _CHUNK if taken else size * 2
            if size > _LONGEST:
                self._break(self.position)
        return found

    def close(self) -> None:
        """Stop following; the frames stay readable. Harmless twice."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _take(self, data: bytes, found: list[Event], full: bool) -> int:
        end, base, append = 0, self.position, self.frames.append
        for kind, host, flags, at, start, stop in entries(data):
            if kind == KIND_FRAME and not full:
                append(base + start, stop - start, at, host, flags)
            elif kind == KIND_FRAME:
                self.skipped += 1
            elif kind == KIND_FATE and stop - start >= FATE.size:
                self.frames.fate_at(FATE.unpack_from(data, start)[0], base + start)
            elif event := self._event(kind, host, at, data[start:stop]):
                found.append(event)
            else:
                self._break(base + start - HEADER.size)
                break
            end = stop
        return end

    def _break(self, at_byte: int) -> None:
        self.broken = f"the wire's log makes no sense at byte {at_byte}"

    def _event(self, kind: int, host: int, at: int, payload: bytes) -> Event | None:
        try:
            if kind == KIND_STATE:
                protocol, laddr, lport, raddr, rport, old, new, frame = json.loads(payload)
                return StateChanged(at, self._hosts[host], protocol, (laddr, lport), (raddr, rport), old, new, frame)
            if kind == KIND_LOST:
                return FramesLost(at, LOST.unpack(payload)[0])
            if kind == KIND_ACTION:
                said = json.loads(payload)
                return ActionTaken(at, said["action"], said["detail"], tuple(said["frames"]))
        except (ValueError, KeyError, IndexError, TypeError, struct.error):
            return None
        return None


def find_history(frames: FrameStore) -> None:
    """Reads once more which fates replaced which, for a record that was saved when that was not kept."""
    told: dict[int, int] = {}
    position, end = 0, -1
    while end:
        data, end = frames.log_from(position, _CHUNK), 0
        for kind, _, _, _, start, stop in entries(data):
            if kind == KIND_FATE and stop - start >= FATE.size:
                number = FATE.unpack_from(data, start)[0]
                if before := told.get(number):
                    frames.history.note(position + start, before)
                told[number] = position + start
            end = stop
        position += end
