"""The record of a run: every event in the order of time, and every frame. All views are made from it.

Whoever draws asks `version` whether anything is new. A record only grows: rows computed from its first n events
and frames stay right, but for the fate of a frame that is still held.
"""

from __future__ import annotations

import os
import sys
from bisect import insort
from dataclasses import dataclass, field, replace

from netlab.record.events import (
    CallEntered,
    CallReturned,
    Event,
    FramesLost,
    ProgramStarted,
    TerminalInput,
    TerminalOutput,
)
from netlab.record.flows import FlowIndex
from netlab.record.logreader import WireLog
from netlab.record.store import FrameStore

VERSION = 1
"""Of the record's meaning on disk; `saving` reads all that ever were."""

MEMORY_CAP = 512 * 1024 * 1024
"""Bytes that the wire's log and all other events may take together."""

TERMINALS_SHARE = 8
"""What programs print gets this part of it, an eighth: a program that floods its terminal leaves room for frames."""

_EVENT_COST = 400


@dataclass(frozen=True, slots=True)
class RecordMeta:
    """What a run was."""

    hosts: tuple[tuple[str, str], ...]
    """Name and address of each, in the order of the ladder's columns."""
    lab: str = ""
    scene: str = ""
    started_at: int = 0
    """Wall clock (ns since 1970) at the moment that the monotonic clock said `clock`."""
    clock: int = 0
    """Nanoseconds of CLOCK_MONOTONIC when the run began."""
    netlab: str = ""
    python: str = field(default_factory=lambda: ".".join(map(str, sys.version_info[:3])))
    network: str = "private"
    """`private` or `loopback`."""
    rules: tuple[str, ...] = ()
    """What the wire's rules are called, in their order: `rule 1 of wire.toml`."""
    version: int = VERSION


class Record:
    """Everything that happened in one run."""

    def __init__(
        self,
        meta: RecordMeta,
        log_fd: int = -1,
        *,
        frames: FrameStore | None = None,
        events: list[Event] | None = None,
        cap: int = MEMORY_CAP,
    ) -> None:
        """`log_fd` is the wire's log, duplicated, where there is a wire. `frames` and `events` are a finished run's."""
        self.meta = meta
        self.frames = frames if frames is not None else FrameStore(meta.hosts, log_fd, rules=meta.rules)
        self.flows = FlowIndex(self.frames)
        """Connections and repetitions; grows when a view asks."""
        self.events: list[Event] = events or []
        """All but the frames, in the order of time."""
        self.arrivals: list[Event] = list(self.events)
        """The same in the order in which they became known: what was read to here need not be read again."""
        self.version = 0
        """Changes whenever something was added."""
        self.dropped = 0
        """Events that came when the record was full; frames are counted apart."""
        self._lost = max((event.count for event in self.events if isinstance(event, FramesLost)), default=0)
        self._cap = cap
        self._cost = 0
        self._terminals = 0
        self.unsaid = 0
        """Bytes that terminals said when they had used up their share."""
        self._log = WireLog(log_fd, self.frames) if log_fd >= 0 else None

    def add(self, event: Event) -> None:
        """Take in one event; it may be older than the last one. What there is no room for is counted only."""
        if isinstance(event, TerminalOutput) and self._terminals >= self._cap // TERMINALS_SHARE:
            self.unsaid += len(event.data)
        elif self.full:
            self.dropped += 1
        else:
            self._take(event)
        self.version += 1

    def _take(self, event: Event) -> None:
        cost = _cost(event)
        self._cost += cost
        if isinstance(event, TerminalOutput):
            self._terminals += cost
        self._keep(event)

    def refresh(self) -> bool:
        """Take in what the wire has logged since; whether there was anything."""
        if self._log is None:
            return False
        before = self._log.position
        for event in self._log.refresh(full=self.full):
            self._keep(event)
        changed = self._log.position != before
        self.version += changed
        return changed

    def name_rules(self, rules: tuple[str, ...]) -> None:
        """The wire's rules are called so from now on."""
        self.meta = replace(self.meta, rules=rules)
        self.frames.name_rules(rules)

    @property
    def full(self) -> bool:
        """Whether the cap is reached: nothing more is kept."""
        return self._cost + (self._log.position if self._log else 0) >= self._cap

    @property
    def lost(self) -> int:
        """Frames that were on the wire and are not in the record, as far as is known."""
        return self._lost + (self._log.skipped if self._log else 0)

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader must know about what is not in the record; empty as a rule."""
        said = []
        if self.full:
            said.append(
                f"the record is full ({self._cap // (1024 * 1024)} MiB): {self.dropped} later events are not kept"
            )
        if self.unsaid:
            said.append(f"programs printed {self.unsaid // 1024 + 1} KiB more than a record keeps of their output")
        if self.lost:
            said.append(f"{self.lost} frames are not in the record")
        if self._log and self._log.broken:
            said.append(self._log.broken)
        return tuple(said)

    @property
    def ends(self) -> tuple[int, int]:
        """Times of the first and the last thing that happened, ns; twice the start where nothing did."""
        times = [event.at for event in (self.events[:1] + self.events[-1:])]
        if len(self.frames):
            times += [self.frames.at(1), self.frames.at(len(self.frames))]
        return min(times, default=self.meta.clock), max(times, default=self.meta.clock)

    def wall_clock(self, at: int) -> int:
        """Nanoseconds since 1970 for a time of the monotonic clock."""
        return self.meta.started_at + at - self.meta.clock

    def close(self) -> None:
        """Let go of the log. Harmless twice."""
        if self._log is not None:
            self._log.close()
        self.frames.close()

    def _keep(self, event: Event) -> None:
        if isinstance(event, FramesLost):
            self._lost = max(self._lost, event.count)
        self.arrivals.append(event)
        if not self.events or event.at >= self.events[-1].at:
            self.events.append(event)
        else:
            insort(self.events, event, key=lambda other: other.at)


def _cost(event: Event) -> int:
    """About how many bytes of memory an event takes."""
    match event:
        case TerminalInput() | TerminalOutput():
            return _EVENT_COST + len(event.data)
        case CallEntered():
            return _EVENT_COST + len(event.arguments)
        case CallReturned():
            return _EVENT_COST + len(event.result) + len(event.error)
        case ProgramStarted():
            return _EVENT_COST + sum(map(len, event.argv))
        case _:
            return _EVENT_COST


def empty_log() -> int:
    """A descriptor of an anonymous file for a log that no wire writes. The caller closes it."""
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
