"""What happens in a run, as plain data on one clock.

Every event carries `at`: nanoseconds of CLOCK_MONOTONIC (`time.monotonic_ns()`), which all processes of a machine
share. Names are in the past tense: an event is a fact. Frames and kernel states come from the wire (see `wirelog`),
calls from the tracer in the learner's interpreter, the rest from the stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What became of a frame on the wire."""

    DELIVERED = "delivered"
    DROPPED = "dropped"
    HELD = "held"  # laid aside, on the wire; a later fate replaces this one
    QUEUED = "queued"  # the wire is frozen, the frame waits its turn
    DELAYED = "delayed"  # delivered, but later than it came
    DUPLICATED = "duplicated"  # delivered twice
    REORDERED = "reordered"  # delivered after a frame that came later
    CORRUPTED = "corrupted"  # delivered with bytes changed
    UNREACHABLE = "unreachable"  # the sender or the receiver is cut off
    LEFT = "left"  # was still on the wire when the run ended
    TRAVELLING = "travelling"  # on its way, which takes its time on a slow wire


ARRIVED = frozenset({Fate.DELIVERED, Fate.DELAYED, Fate.DUPLICATED, Fate.REORDERED, Fate.CORRUPTED})
"""Fates of frames that their receivers were given."""

ON_THE_WIRE = frozenset({Fate.HELD, Fate.QUEUED, Fate.TRAVELLING})
"""Fates that a later one replaces."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fact with its time."""

    at: int
    """Nanoseconds of CLOCK_MONOTONIC."""


@dataclass(frozen=True, slots=True)
class FrameSeen(Event):
    """One Ethernet frame that a host put on the wire, and what became of it."""

    number: int
    """Counts from 1 in the order in which the wire received the frames of this run."""
    sender: str
    """Name of the host whose link the frame came from."""
    data: bytes
    """The frame from the destination MAC address on, without the frame check sequence."""
    fate: Fate = Fate.DELIVERED
    fated_at: int = 0
    """When the fate was known (delivery or drop); 0 while the frame is still on the wire."""
    rule: str = ""
    """What decided the fate: a rule's name, `by hand`, or nothing."""
    receivers: tuple[str, ...] = ()
    """Names of the hosts that were given the frame."""


@dataclass(frozen=True, slots=True)
class StateChanged(Event):
    """The kernel moved a socket from one state to another."""

    host: str
    protocol: str
    """`tcp` or `udp`."""
    local: tuple[str, int]
    remote: tuple[str, int]
    """Address and port; the port is 0 where there is no peer."""
    old: str
    """As in RFC 9293, section 3.3.2 (`SYN-SENT`, ...); `CLOSED` for absence, `BOUND` for a port without listen()."""
    new: str
    frame: int = 0
    """Number of the frame that made or announced the change; 0 where a look at the table found it."""


@dataclass(frozen=True, slots=True)
class CallEntered(Event):
    """A learner's program went into a socket call."""

    host: str
    program: str
    """Name of the program's terminal: `server`, `client`."""
    pid: int
    """As the program sees it, inside its pid namespace."""
    thread: int
    call: str
    """Joins this to its CallReturned: unique in the run (`pid.thread.count`)."""
    function: str
    """`connect`, `accept`, `recv`, ..."""
    file: str
    """Relative to the learner's folder; empty where no line of theirs is on the stack."""
    line: int
    within: str
    """The function that the line stands in; `<module>` at the top."""
    arguments: str
    """As they would be written: `b'hello'`, `('10.0.0.2', 7788)`; cut after 200 characters."""
    local: tuple[str, int] | None = None
    """The socket's own address, where it has one, and its peer's."""
    remote: tuple[str, int] | None = None
    protocol: str = "tcp"


@dataclass(frozen=True, slots=True)
class CallReturned(Event):
    """A socket call came back, with a result or an exception."""

    host: str
    program: str
    call: str
    result: str
    """As it would be written; empty where an exception was raised."""
    error: str = ""
    """The exception's type and text, or nothing."""
    size: int = -1
    """Bytes sent or received; -1 where the call moves none."""
    local: tuple[str, int] | None = None
    remote: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ProgramStarted(Event):
    """A program was started on a host."""

    program: str
    host: str
    pid: int
    """As netlab sees it, outside the pid namespace."""
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramExited(Event):
    """A program ended."""

    program: str
    code: int
    """Exit code; minus the signal's number where a signal ended it."""


@dataclass(frozen=True, slots=True)
class TerminalOutput(Event):
    """A program wrote to its terminal."""

    program: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TerminalInput(Event):
    """Somebody typed into a program's terminal."""

    program: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ActionTaken(Event):
    """The learner, a scene or a checkpoint did something to the run: froze the wire, cut a host, marked a moment."""

    action: str
    """One of `freeze`, `thaw`, `step`, `drop`, `hold`, `release`, `cut`, `join`, `reboot`, `rules`, `mark`."""
    detail: str = ""
    frames: tuple[int, ...] = field(default=())
    """Numbers of the frames it was about."""


@dataclass(frozen=True, slots=True)
class FramesLost(Event):
    """Frames that the wire did not get to see (PACKET_STATISTICS): said, never hidden."""

    count: int
