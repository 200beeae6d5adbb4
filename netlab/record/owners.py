"""Which program an end of a connection belongs to, read from a record: whose calls were made on it. Pure.

The kernel forgets the owner of a socket as soon as it is closed; the calls of it are in the record for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from netlab.record.calls import CONNECTING
from netlab.record.events import CallEntered, CallReturned, ProgramStarted
from netlab.record.record import Record

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Owner:
    """A process of a program."""

    program: str
    """Name of its terminal."""
    file: str
    """What it was started with: `server.py`."""
    pid: int
    """As the process itself knows it; the children of a forking server have their own."""


def owner(record: Record, host: str, own: Address, other: Address, until: int | None = None) -> Owner | None:
    """Whose calls the last ones were on the socket with these two ends; else who connects to the other, or listens.

    Until a moment, if one is given. None where no call tells: of netlab's own peers, or of a program that is not
    traced.
    """
    entered: dict[str, CallEntered] = {}
    holder: CallEntered | None = None
    begun: CallEntered | None = None
    for event in record.events:
        if until is not None and event.at > until:
            break
        if isinstance(event, CallEntered) and event.host == host:
            entered[event.call] = event
            if (event.local, event.remote) == (own, other):
                holder = event
            elif _begins(event, own, other):
                begun = event
        elif isinstance(event, CallReturned) and (event.local, event.remote) == (own, other):
            holder = entered.get(event.call, holder)
    call = holder or begun
    return Owner(call.program, _file(record, call.program), call.pid) if call is not None else None


def _begins(call: CallEntered, own: Address, other: Address) -> bool:
    """Whether the call makes such a connection, whose addresses the program does not know yet."""
    if call.function in CONNECTING:
        return call.remote == other
    return call.function == "listen" and call.local is not None and call.local[1] == own[1]


def _file(record: Record, program: str) -> str:
    started = (event for event in record.events if isinstance(event, ProgramStarted) and event.program == program)
    first = next(started, None)
    return first.argv[0] if first is not None and first.argv else program
