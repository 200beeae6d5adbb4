"""The frames of a run: an index over the wire's log, the bytes left where they are until somebody asks.

A frame costs 30 bytes of memory here, whatever its length; a million of them are opened without being read. The bytes
are fetched with pread(2), so a log that is still growing, or a file that somebody cuts short, is no danger.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar, overload

from netlab.record.events import ARRIVED, ON_THE_WIRE, Fate, FrameSeen
from netlab.record.history import FateHistory
from netlab.record.wirelog import BY_HAND, DELIVERED_AT_ONCE, EVERYBODY, FATE, HEADER, NO_RULE

_FATES = tuple(Fate)
_GROUP_BIT = 0x01
_LONGEST_DETAIL = 1000
A_BLINK = 1_000_000
"""Nanoseconds: a frame whose fate came within so much was never seen without it."""


class FrameStore(Sequence[FrameSeen]):
    """Frames in the order in which the wire received them. Indexed from 0 as a sequence, from 1 by `number`."""

    INDEX: ClassVar = (
        ("_offsets", "Q"),
        ("_lengths", "I"),
        ("_times", "Q"),
        ("_fated", "Q"),
        ("_senders", "B"),
        ("_flags", "B"),
    )
    """The index, one array each: where bytes start, their length, ns, where the fate is (0: nowhere), host, flags."""

    def __init__(
        self, hosts: Sequence[tuple[str, str]], fd: int = -1, *, base: int = 0, rules: Sequence[str] = ()
    ) -> None:
        """`hosts` are (name, address); `fd`, duplicated, holds the log from byte `base` on; `rules` are their names."""
        self.hosts = tuple(name for name, _ in hosts)
        self._macs = {_mac(address): index for index, (_, address) in enumerate(hosts)}
        self._rules = tuple(rules)
        self._fd = os.dup(fd) if fd >= 0 else -1
        self._base = base
        self.log_size = 0
        """Bytes of the log that have been read."""
        self._offsets, self._lengths, self._times = array("Q"), array("I"), array("Q")
        self._fated, self._senders, self._flags = array("Q"), array("B"), array("B")
        self.history = FateHistory()
        """The fates that others replaced."""

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, index: int) -> FrameSeen: ...
    @overload
    def __getitem__(self, index: slice) -> list[FrameSeen]: ...
    def __getitem__(self, index: int | slice) -> FrameSeen | list[FrameSeen]:
        if isinstance(index, slice):
            return [self.number(i + 1) for i in range(*index.indices(len(self)))]
        return self.number((index if index >= 0 else len(self) + index) + 1)

    def __iter__(self) -> Iterator[FrameSeen]:
        return (self.number(number) for number in range(1, len(self) + 1))

    def number(self, number: int) -> FrameSeen:
        """Frame `number`, counted from 1. IndexError where there is none."""
        return self.as_of(number, None)

    def as_of(self, number: int, moment: int | None) -> FrameSeen:
        """Frame `number` as it stood at a moment: what was decided later had not been decided. None: as it stands."""
        if not 1 <= number <= len(self):
            raise IndexError(f"there are {len(self)} frames, and no number {number}")
        index = number - 1
        fated = self._fated[index] if moment is None else self._fated_by(index, moment)
        at, data = self._times[index], self.data(number)
        fate, fated_at, rule, receivers = self._fate(index, fated, data)
        return FrameSeen(at, number, self.hosts[self._senders[index]], data, fate, fated_at, rule, receivers)

    def data(self, number: int) -> bytes:
        """The bytes of frame `number`; shorter than they were where the log was cut."""
        return os.pread(self._fd, self._lengths[number - 1], self._base + self._offsets[number - 1])

    def at(self, number: int) -> int:
        """When the wire received frame `number`."""
        return self._times[number - 1]

    def sender(self, number: int) -> int:
        """Index of the host that sent frame `number`."""
        return self._senders[number - 1]

    def addressed(self, number: int) -> tuple[str, ...]:
        """Names of the hosts that frame `number` is for."""
        return self._addressed(self._senders[number - 1], self.data(number))

    def detail(self, number: int) -> str:
        """What else was said of the fate of frame `number`: which bytes were changed, and the like."""
        return self._read_fate(self._fated[number - 1])[4] if self._fated[number - 1] else ""

    def count_until(self, at: int) -> int:
        """How many frames had been received by then, one received just then included: the last one's number."""
        return bisect_right(self._times, at)

    def count_before(self, at: int) -> int:
        """How many frames had been received before then."""
        return bisect_left(self._times, at)

    @property
    def fated(self) -> bool:
        """Whether anything was said of the fate of any frame: most are delivered at once, and nothing is."""
        return any(self._fated)

    @property
    def size(self) -> int:
        """Bytes of all frames."""
        return sum(self._lengths)

    def append(self, offset: int, length: int, at: int, sender: int, flags: int) -> None:
        """The wire logged one more frame. A time before the last frame's counts as that one's: number is order."""
        times = self._times
        self._offsets.append(offset)
        self._lengths.append(length)
        times.append(at if not times or at >= times[-1] else times[-1])
        self._fated.append(0)
        self._senders.append(sender if sender < len(self.hosts) else 0)
        self._flags.append(flags & 0xFF)

    def fate_at(self, number: int, offset: int) -> None:
        """The wire logged a fate for frame `number`, its payload at `offset`; it replaces the one before."""
        if 1 <= number <= len(self):
            if before := self._fated[number - 1]:
                self.history.note(offset, before)
            self._fated[number - 1] = offset

    def fated_at(self, offset: int) -> tuple[int, int]:
        """Of which frame the fate is whose payload is at `offset`, and when it came; of frame 0 where there is none."""
        entry = os.pread(self._fd, HEADER.size + FATE.size, self._base + max(offset - HEADER.size, 0))
        if len(entry) < HEADER.size + FATE.size:
            return 0, 0
        return FATE.unpack_from(entry, HEADER.size)[0], HEADER.unpack_from(entry)[4]

    def run_of_bytes(self, number: int, size: int) -> tuple[bytes, int]:
        """About `size` bytes of the log from frame `number` on, and the offset that they start at: for whole scans."""
        start = self._offsets[number - 1]
        return os.pread(self._fd, max(size, self._lengths[number - 1]), self._base + start), start

    def place(self, number: int) -> tuple[int, int]:
        """Where the bytes of frame `number` are in the log, and how many."""
        return self._offsets[number - 1], self._lengths[number - 1]

    def arrays(self) -> list[array[int]]:
        """The arrays of the index, in the order of INDEX."""
        return [getattr(self, name) for name, _ in self.INDEX]

    def restore(self, arrays: Sequence[array[int]], log_size: int) -> None:
        """Take over the index of a saved record. ValueError where it names a host that is not there."""
        for (name, _), values in zip(self.INDEX, arrays, strict=True):
            setattr(self, name, values)
        self.log_size = log_size
        if max(self._senders, default=0) >= max(len(self.hosts), 1):
            raise ValueError("a frame comes from no host")
        if (
            max((max(values, default=0) for values in (self._offsets, self._lengths, self._fated)), default=0)
            > log_size
        ):
            raise ValueError("a frame lies outside the log")

    def log(self, chunk: int = 1 << 20) -> Iterator[bytes]:
        """The log as it is, piece by piece, as far as it was read."""
        for start in range(0, self.log_size, chunk):
            yield self.log_from(start, chunk).ljust(min(chunk, self.log_size - start), b"\0")

    def log_from(self, start: int, size: int) -> bytes:
        """The log from byte `start` on: so many bytes, or as many as were read of it, or are left of it."""
        return os.pread(self._fd, max(min(size, self.log_size - start), 0), self._base + start)

    def name_rules(self, rules: Sequence[str]) -> None:
        """The rules are called so."""
        self._rules = tuple(rules)

    def close(self) -> None:
        """Let go of the log. Harmless twice."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _fated_by(self, index: int, moment: int) -> int:
        """Where the last fate is that a frame had met by then; 0 where it had met none."""
        fated, until = self._fated[index], max(moment, self._times[index] + A_BLINK)
        while fated and self.fated_at(fated)[1] > until:
            fated = self.history.before(fated)
        return fated

    def _fate(self, index: int, fated: int, data: bytes) -> tuple[Fate, int, str, tuple[str, ...]]:
        sender = self._senders[index]
        if not fated:
            if self._flags[index] & DELIVERED_AT_ONCE:
                return Fate.DELIVERED, self._times[index], "", self._addressed(sender, data)
            return Fate.TRAVELLING, 0, "", ()
        fate, at, receiver, rule, _ = self._read_fate(fated)
        to: tuple[str, ...] = ()
        if fate in ARRIVED:
            to = self._addressed(sender, data) if receiver == EVERYBODY else (self._name(receiver),)
        return fate, 0 if fate in ON_THE_WIRE else at, self._rule(rule), to

    def _read_fate(self, offset: int) -> tuple[Fate, int, int, int, str]:
        start = self._base + max(offset - HEADER.size, 0)
        entry = os.pread(self._fd, HEADER.size + FATE.size + _LONGEST_DETAIL, start)
        if len(entry) < HEADER.size + FATE.size:
            return Fate.LEFT, 0, EVERYBODY, NO_RULE, ""
        _, _, _, length, at = HEADER.unpack_from(entry)
        payload = entry[HEADER.size : HEADER.size + length]
        _, fate, receiver, rule = FATE.unpack_from(entry, HEADER.size)
        known = _FATES[fate] if fate < len(_FATES) else Fate.LEFT
        return known, at, receiver, rule, payload[FATE.size :].decode(errors="replace")

    def _addressed(self, sender: int, data: bytes) -> tuple[str, ...]:
        """By MAC address: the host that has it, else (broadcast, multicast, unknown) all but the sender."""
        index = self._macs.get(data[:6])
        if index is not None and data[:1] and not data[0] & _GROUP_BIT:
            return (self.hosts[index],)
        return tuple(name for other, name in enumerate(self.hosts) if other != sender)

    def _name(self, index: int) -> str:
        return self.hosts[index] if index < len(self.hosts) else f"host {index + 1}"

    def _rule(self, rule: int) -> str:
        if rule in (NO_RULE, BY_HAND):
            return "by hand" if rule else ""
        return self._rules[rule - 1] if rule <= len(self._rules) else f"rule {rule}"


def _mac(address: str) -> bytes:
    """The MAC address that a host of this address has on netlab's wire: 02:00:00:00:00:NN."""
    last = address.rpartition(".")[2]
    return bytes((2, 0, 0, 0, 0, int(last) & 0xFF if last.isdecimal() else 0))
