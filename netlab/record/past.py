"""A record as it was at a moment: what stood on a terminal, how a program was, how the wire was. Pure.

A moment is a time of the run's clock; what happened in that very nanosecond had happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from netlab.record.events import ActionTaken, Event, ProgramExited, ProgramStarted, TerminalOutput
from netlab.record.fates import STUCK, as_of
from netlab.record.record import Record

_LOOK_BACK = 500
"""So many frames before a moment are looked at for those that were still on the wire."""


def before(record: Record, moment: int) -> int:
    """When the last thing before a moment happened; the moment itself where nothing did."""
    at = bisect_left(record.events, moment, key=_at)
    frame = record.frames.count_before(moment)
    times = [record.events[at - 1].at] if at else []
    return max([*times, record.frames.at(frame)] if frame else times, default=moment)


def after(record: Record, moment: int) -> int | None:
    """When the next thing happened; None where nothing more did."""
    at = bisect_right(record.events, moment, key=_at)
    frame = record.frames.count_until(moment) + 1
    times = [record.events[at].at] if at < len(record.events) else []
    return min([*times, record.frames.at(frame)] if frame <= len(record.frames) else times, default=None)


def at_share(record: Record, share: float) -> int:
    """The moment at which that part of the run's time was over."""
    begun, ended = record.ends
    return begun + round((ended - begun) * min(max(share, 0.0), 1.0))


def share_at(record: Record, moment: int) -> float:
    """Which part of the run's time was over at a moment, from 0 to 1."""
    begun, ended = record.ends
    return min(max((moment - begun) / max(ended - begun, 1), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class ProgramThen:
    """A program as it was."""

    started: bool
    output: bytes
    """What it had written since it was started the last time."""
    ended: int | None
    """Its exit code, where it had ended."""


def program_at(record: Record, program: str, moment: int | None = None) -> ProgramThen:
    """The program at a terminal; without a moment, at the record's end."""
    started, ended, output = False, None, list[bytes]()
    for event in until(record, moment):
        match event:
            case ProgramStarted(program=name) if name == program:
                started, ended, output = True, None, []
            case TerminalOutput(program=name) if name == program:
                output.append(event.data)
            case ProgramExited(program=name) if name == program:
                ended = event.code
    return ProgramThen(started, b"".join(output), ended)


def until(record: Record, moment: int | None) -> list[Event]:
    """What is no frame and had happened by then; everything without a moment."""
    return record.events if moment is None else record.events[: bisect_right(record.events, moment, key=_at)]


def programs(record: Record) -> dict[str, ProgramStarted]:
    """The programs by their terminals, in the order in which they were started first."""
    found: dict[str, ProgramStarted] = {}
    for event in record.events:
        if isinstance(event, ProgramStarted):
            found.setdefault(event.program, event)
    return found


@dataclass(frozen=True, slots=True)
class WireThen:
    """The wire as it was."""

    frozen: bool = False
    waiting: tuple[int, ...] = ()
    """Numbers of the frames that were on it: queued, held, or on a slow way."""
    cut: tuple[str, ...] = ()


def wire_at(record: Record, moment: int) -> WireThen:
    """From what was done to it, and from the frames that had come and not gone."""
    frozen, cut = False, dict[str, None]()
    for event in until(record, moment):
        match event:
            case ActionTaken(action="freeze" | "thaw"):
                frozen = event.action == "freeze"
            case ActionTaken(action="cut"):
                cut[event.detail] = None
            case ActionTaken(action="join"):
                cut.pop(event.detail, None)
    last = record.frames.count_until(moment)
    near = (as_of(record.frames.number(number), moment) for number in range(max(last - _LOOK_BACK, 0) + 1, last + 1))
    return WireThen(frozen, tuple(seen.number for seen in near if seen.fate in STUCK), tuple(cut))


def _at(event: Event) -> int:
    return event.at
