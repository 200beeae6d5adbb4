"""Which part of a record is wanted: by connection, protocol, host."""

from __future__ import annotations

from dataclasses import dataclass

from netlab.record.events import (
    CallEntered,
    CallReturned,
    Event,
    ProgramExited,
    ProgramStarted,
    StateChanged,
    TerminalInput,
    TerminalOutput,
)
from netlab.record.flows import PROTOCOLS, Connection, FlowIndex
from netlab.record.store import FrameStore

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class LadderFilter:
    """Everything, unless a field says less."""

    connection: tuple[Address, Address] | None = None
    """Its two ends in either order: all connections between them."""
    protocol: str = ""
    """`tcp`, `udp`, `icmp` or `arp`."""
    host: str = ""
    """What this host sent, was sent, or did."""
    calls: bool = True
    states: bool = True
    terminals: bool = False
    """What was typed and printed."""

    @property
    def takes_all_frames(self) -> bool:
        """Whether no frame is left out."""
        return not (self.connection or self.protocol or self.host)


ALL = LadderFilter()


def wants_frame(wanted: LadderFilter, frames: FrameStore, flows: FlowIndex, number: int) -> bool:
    """Whether frame `number` is wanted."""
    if wanted.protocol and PROTOCOLS[flows.protocols[number - 1]] != wanted.protocol:
        return False
    if wanted.connection and not _is(wanted.connection, flows.connection(number)):
        return False
    if not wanted.host or frames.hosts[frames.sender(number)] == wanted.host:
        return True
    return wanted.host in frames.addressed(number)


def wants_event(wanted: LadderFilter, event: Event) -> bool:
    """Whether an event that is no frame is wanted. Programs and actions always are, where their host is."""
    match event:
        case CallEntered():
            return wanted.calls and _talks(wanted, event.host, event.protocol, event.local, event.remote)
        case CallReturned():
            return wanted.calls
        case StateChanged():
            return wanted.states and _talks(wanted, event.host, event.protocol, event.local, event.remote)
        case TerminalInput() | TerminalOutput():
            return wanted.terminals
        case ProgramStarted():
            return not wanted.host or event.host == wanted.host
        case ProgramExited():
            return True
        case _:
            return True


def _talks(wanted: LadderFilter, host: str, protocol: str, local: Address | None, remote: Address | None) -> bool:
    if (wanted.host and host != wanted.host) or (wanted.protocol and protocol != wanted.protocol):
        return False
    if not wanted.connection:
        return True
    known = [end for end in (local, remote) if end and end[1]]
    return all(any(_same(end, wanted_end) for wanted_end in wanted.connection) for end in known)


def _same(end: Address, wanted: Address) -> bool:
    return end[1] == wanted[1] and end[0] in (wanted[0], "0.0.0.0", "::", "")


def _is(wanted: tuple[Address, Address], connection: Connection | None) -> bool:
    return connection is not None and set(connection.ends) == set(wanted)
