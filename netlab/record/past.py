"""A record as it was at a moment: what stood on a terminal, how a program was, how the wire was. Pure.

A moment is a time of the run's clock; what happened in that very nanosecond had happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from netlab.record.events import ActionTaken, Event, Fate, ProgramExited, ProgramStarted, TerminalOutput
from netlab.record.record import Record
from netlab.record.store import A_BLINK, FrameStore

_LOOK_BACK = 500
"""So many frames before a moment are looked at for those that were still on the wire, and so many fates around it."""


def before(record: Record, moment: int) -> int:
    """When the last thing before a moment happened; the moment itself where nothing did."""
    at, frame = bisect_left(record.events, moment, key=_at), record.frames.count_before(moment)
    event, came = record.events[at - 1].at if at else None, record.frames.at(frame) if frame else None
    times = (event, came, _turned_before(record.frames, moment))
    return max((time for time in times if time is not None), default=moment)


def after(record: Record, moment: int) -> int | None:
    """When the next thing happened; None where nothing more did."""
    at, frame = bisect_right(record.events, moment, key=_at), record.frames.count_until(moment) + 1
    event = record.events[at].at if at < len(record.events) else None
    comes = record.frames.at(frame) if frame <= len(record.frames) else None
    times = (event, comes, _turned_after(record.frames, moment))
    return min((time for time in times if time is not None), default=None)


def _turned_before(frames: FrameStore, moment: int) -> int | None:
    """When, last before a moment, a frame met another fate than it had."""
    last = bisect_left(frames.history.later, moment, key=lambda offset: frames.fated_at(offset)[1])
    return next(_seen_turns(frames, range(last - 1, max(last - _LOOK_BACK, 0) - 1, -1)), None)


def _turned_after(frames: FrameStore, moment: int) -> int | None:
    """When the next frame did."""
    turns = frames.history.later
    first = bisect_right(turns, moment, key=lambda offset: frames.fated_at(offset)[1])
    return next(_seen_turns(frames, range(first, min(first + _LOOK_BACK, len(turns)))), None)


def _seen_turns(frames: FrameStore, places: Iterable[int]) -> Iterator[int]:
    """When these fates came, but for those that came so soon that the one before was never seen."""
    for place in places:
        number, at = frames.fated_at(frames.history.later[place])
        if 1 <= number <= len(frames) and at > frames.at(number) + A_BLINK:
            yield at


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
    queued: tuple[int, ...] = ()
    """Numbers of the frames that waited their turn."""
    held: tuple[int, ...] = ()
    """Numbers of the frames that were laid aside."""
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
    near = [record.frames.as_of(number, moment) for number in range(max(last - _LOOK_BACK, 0) + 1, last + 1)]
    queued, held = (tuple(seen.number for seen in near if seen.fate is fate) for fate in (Fate.QUEUED, Fate.HELD))
    return WireThen(frozen, queued, held, tuple(cut))


def _at(event: Event) -> int:
    return event.at
