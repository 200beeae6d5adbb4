"""The states that both ends of a TCP connection went through, read from a record. Pure.

The kernel's tables tell of an end by its addresses. The same two ports may be used again: what a change belongs to is
decided by the frame that made it or, where a look at the table found it, by its time.
"""

from __future__ import annotations

from dataclasses import dataclass

from netlab.record.events import StateChanged
from netlab.record.flows import Connection
from netlab.record.record import Record

_BEFORE = 50_000_000
"""Nanoseconds by which a look at the table may be earlier than the connection's first frame."""


@dataclass(frozen=True, slots=True)
class Step:
    """An end came into a state."""

    at: int
    """Nanoseconds of CLOCK_MONOTONIC."""
    state: str
    frame: int
    """Number of the frame that made or announced it; 0 where a look at the table found it."""


@dataclass(frozen=True, slots=True)
class EndPath:
    """One end of a connection and its way so far."""

    host: str
    """Its name; empty for an address that is no host's."""
    address: tuple[str, int]
    steps: tuple[Step, ...]
    """What was seen, in order; an end that was not seen in any state has none. A server's begins with its LISTEN."""

    @property
    def states(self) -> tuple[str, ...]:
        """The names alone, from CLOSED on."""
        return ("CLOSED", *(step.state for step in self.steps))

    @property
    def state(self) -> str:
        """The last that was seen."""
        return self.states[-1]


def connections(record: Record) -> list[Connection]:
    """The TCP connections of a record, as far as its index goes now."""
    return [connection for connection in record.flows.connections if connection.protocol == "tcp"]


def paths(record: Record, connection: Connection, until: int | None = None) -> tuple[EndPath, EndPath]:
    """The ways of both ends, first of the one whose frame came first; up to a moment if one is given."""
    latest = until if until is not None else 1 << 63
    changes = [event for event in record.events if isinstance(event, StateChanged) and event.at <= latest]
    names = {address: name for name, address in record.meta.hosts}
    first, second = (_path(record, connection, side, changes, names) for side in (0, 1))
    return first, second


def moments(record: Record, connection: Connection) -> list[Step]:
    """Every change of either end in the order of time: where one can stop and look."""
    return sorted((step for path in paths(record, connection) for step in path.steps), key=lambda step: step.at)


def _path(
    record: Record, connection: Connection, side: int, changes: list[StateChanged], names: dict[str, str]
) -> EndPath:
    own, other = connection.ends[side], connection.ends[1 - side]
    mine = [change for change in changes if change.protocol == "tcp" and (change.local, change.remote) == (own, other)]
    steps = [Step(change.at, change.new, change.frame) for change in mine if _belongs(record, connection, change)]
    host = names.get(own[0], "")
    if steps and steps[0].state == "SYN-RECV" and (listening := _listening(changes, host, own, steps[0].at)):
        steps.insert(0, Step(min(listening.at, steps[0].at), "LISTEN", 0))
    return EndPath(host, own, tuple(step for step in steps if step.state != "BOUND"))


def _belongs(record: Record, connection: Connection, change: StateChanged) -> bool:
    found = record.flows.connection(change.frame) if change.frame else None
    if found is not None and set(found.ends) == set(connection.ends):
        return found is connection
    again = [one for one in connections(record) if set(one.ends) == set(connection.ends)]
    begun = [one for one in again if record.frames.at(one.first) <= change.at + _BEFORE]
    return bool(begun) and begun[-1] is connection


def _listening(changes: list[StateChanged], host: str, own: tuple[str, int], at: int) -> StateChanged | None:
    """The change that made the listening socket of a connection; a look at the table may have found it later."""
    listener = [
        change for change in changes
        if change.host == host and not change.remote[1] and change.local[1] == own[1] and change.new != "BOUND"
    ]  # fmt: skip
    before = [change for change in listener if change.at <= at]
    told = before[-1] if before else next(iter(listener), None)
    return told if told is not None and told.new == "LISTEN" else None
