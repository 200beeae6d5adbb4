"""Follows the wire's log while it grows: frames go into a FrameStore, the rest comes out as events.

Apart from `wirelog` because the wire process imports that one with a bare interpreter. An entry that the writer has not
finished is read the next time; an entry that makes no sense ends the reading, and is said, rather than guessed at.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Sequence

from netlab.record.events import ActionTaken, Event, FramesLost, StateChanged
from netlab.record.store import FrameStore
from netlab.record.wirelog import FATE, HEADER, KIND_ACTION, KIND_FATE, KIND_FRAME, KIND_LOST, KIND_STATE, LOST, entries

_CHUNK = 1 << 20
_LONGEST = 1 << 24


class WireLog:
    """An incremental reader of one log."""

    def __init__(
        self, fd: int, hosts: Sequence[tuple[str, str]], *, rules: Sequence[str] = (), limit: int = 1 << 40
    ) -> None:
        """`fd` is duplicated; `hosts` are (name, address) in the wire's order; nothing past `limit` bytes is read."""
        self._fd = os.dup(fd)
        self._hosts = tuple(name for name, _ in hosts)
        self._limit = limit
        self.frames = FrameStore(hosts, fd, rules=rules)
        self.position = 0
        """Bytes read so far."""
        self.full = False
        """The limit was reached: what the wire logs from now on is not in the record."""
        self.broken = ""
        """Why reading stopped for good, or nothing."""

    def refresh(self) -> list[Event]:
        """Take in whatever has been added; returns the events that are no frames, in the log's order."""
        found: list[Event] = []
        size = _CHUNK
        while not (self.full or self.broken):
            data = os.pread(self._fd, size, self.position)
            taken = self._take(data, found)
            self.position += taken
            self.full = self.position >= self._limit
            if len(data) < size:
                break
            size = _CHUNK if taken else size * 2
            if size > _LONGEST:
                self.broken = f"the wire's log makes no sense at byte {self.position}"
        return found

    def close(self) -> None:
        """Stop following; the frames stay readable. Harmless twice."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _take(self, data: bytes, found: list[Event]) -> int:
        end, base, append = 0, self.position, self.frames.append
        for kind, host, flags, at, start, stop in entries(data):
            end = stop
            if kind == KIND_FRAME:
                append(base + start, stop - start, at, host, flags)
            elif kind == KIND_FATE and stop - start >= FATE.size:
                self.frames.fate_at(FATE.unpack_from(data, start)[0], base + start)
            else:
                event = self._event(kind, host, at, data[start:stop])
                if event is None:
                    self.broken = f"the wire's log makes no sense at byte {base + start - HEADER.size}"
                    return start - HEADER.size
                found.append(event)
        return end

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
