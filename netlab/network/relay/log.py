"""What the wire writes down: entries gathered in memory, and appended to the log in one go."""

from __future__ import annotations

import os
import time

from netlab.record import wirelog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_AT_ONCE = 1000
"""writev() takes 1,024 pieces."""


class Log:
    """Numbers frames and keeps them, up to `limit` bytes; says how many it left out."""

    def __init__(self, fd: int, limit: int) -> None:
        self._fd = fd
        self._room = limit
        self._pieces: list[bytes] = []
        self._kept = 0
        self._lost_said = 0
        self.frames = 0
        """Frames that have been numbered."""
        self.lost = 0
        """Frames that are not in the log."""
        self.size = 0
        """Bytes that have been appended."""

    def frame(self, at: int, host: int, data: bytes, flags: int) -> int:
        """Note a frame and return its number."""
        self.frames += 1
        if self._room <= 0:
            self.lost += 1
            return self.frames
        self._room -= len(data) + wirelog.HEADER.size
        self._kept += 1
        self._pieces += (wirelog.frame_header(host, flags, len(data), at), data)
        return self.frames

    def fate(
        self, number: int, fate: int, rule: int = wirelog.NO_RULE, receiver: int = wirelog.EVERYBODY, text: str = ""
    ) -> None:
        """Note what became of a frame, now; of one that was left out there is nothing to say."""
        if number <= self._kept:
            entry = wirelog.fate_entry(number, fate, time.monotonic_ns(), receiver=receiver, rule=rule, text=text)
            self._pieces.append(entry)

    def state(
        self, host: int, protocol: str, local: tuple[str, int], remote: tuple[str, int], old: str, new: str, frame: int
    ) -> None:
        """Note that a socket went from one state to another, as seen now."""
        number = frame if frame <= self._kept else 0
        self._pieces.append(wirelog.state_entry(host, protocol, local, remote, old, new, number, time.monotonic_ns()))

    def action(self, action: str, detail: str = "", frames: Sequence[int] = ()) -> None:
        """Note what somebody did to the wire, now."""
        self._pieces.append(wirelog.action_entry(action, detail, frames, time.monotonic_ns()))

    def lose(self, count: int) -> None:
        """Note that the wire never saw `count` more frames."""
        self.lost += count

    def flush(self) -> None:
        """Append what was gathered."""
        if self.lost != self._lost_said:
            self._lost_said = self.lost
            self._pieces.append(wirelog.lost_entry(self.lost, time.monotonic_ns()))
        pieces, self._pieces = self._pieces, []
        for start in range(0, len(pieces), _MOST_AT_ONCE):
            self.size += os.writev(self._fd, pieces[start : start + _MOST_AT_ONCE])
