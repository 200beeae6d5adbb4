"""Which frame a socket call caused, and which one woke it: found by time, host, connection and what the frame does.

The tracer and the wire have the same clock, but a frame may be logged a little after the system call that sent it
has returned; so a cause is looked for until a moment after the return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from netlab.frames import tcp
from netlab.frames.decoding import decode
from netlab.frames.values import address_text
from netlab.record.events import ARRIVED, CallEntered, CallReturned
from netlab.record.flows import FlowIndex
from netlab.record.store import FrameStore

CONNECTING = frozenset({"connect", "connect_ex"})
SENDING = frozenset({"send", "sendall", "sendto", "sendmsg", "sendfile", "write", "writelines", "flush"})
CLOSING = frozenset({"close", "shutdown", "__exit__"})
ACCEPTING = frozenset({"accept", "_accept"})
RECEIVING = frozenset({"recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into", "read", "readline"})
MAKES = {
    "bind": {"BOUND"},
    "listen": {"LISTEN"},
    "connect": {"SYN-SENT"},
    "close": {"FIN-WAIT-1", "LAST-ACK", "CLOSED"},
    "shutdown": {"FIN-WAIT-1", "LAST-ACK"},
}
"""States that a call brings about by itself."""
WAITING = ACCEPTING | RECEIVING | {"select", "poll"}

SETTLED_AFTER = 100_000_000
"""Nanoseconds after which a frame that belongs to a call is surely in the log."""

_LATE = 20_000_000
_ON_ITS_WAY = 5_000_000
"""Nanoseconds that a frame may take from one end of the wire to the other when the machine is busy."""
_LOOK_AT = 64


@dataclass(slots=True)
class Call:
    """A call from its entry on."""

    entered: CallEntered
    returned: CallReturned | None = None

    @property
    def took(self) -> int:
        """Nanoseconds; 0 while it has not returned."""
        return self.returned.at - self.entered.at if self.returned else 0


class Links(NamedTuple):
    """Numbers of the frame that the call caused and of the one that woke it; 0 for none."""

    caused: int = 0
    woken: int = 0


class _Seen(NamedTuple):
    number: int
    source: tuple[str, int]
    destination: tuple[str, int]
    flags: int
    """0 for a datagram."""
    size: int


class CallLinks:
    """Answers, for one record, which frames a call has to do with."""

    def __init__(self, frames: FrameStore, flows: FlowIndex) -> None:
        self._frames = frames
        self._flows = flows

    def of(self, call: Call) -> Links:
        """The frames of a call, as far as the log goes now."""
        function = call.entered.function
        if function in CONNECTING:
            return self._of_connect(call)
        if function in SENDING:
            return Links(caused=self._first(call, lambda seen: seen.size > 0 or not seen.flags))
        if function in CLOSING:
            return Links(caused=self._first(call, lambda seen: bool(seen.flags & (tcp.FIN | tcp.RST))))
        if function in ACCEPTING:
            return Links(woken=self._of_accept(call))
        if function in RECEIVING:
            return Links(woken=self._of_receive(call))
        return Links()

    def _of_connect(self, call: Call) -> Links:
        caused = self._first(call, lambda seen: bool(seen.flags & tcp.SYN))
        if not caused or call.returned is None:
            return Links(caused)
        refused = bool(call.returned.error)
        for seen in self._rest_of_connection(caused):
            own = self._frames.sender(seen.number) == self._frames.sender(caused)
            if (seen.flags & tcp.RST and not own) if refused else (own and not seen.flags & tcp.SYN):
                return Links(caused, seen.number)
        return Links(caused)

    def _of_accept(self, call: Call) -> int:
        if call.returned is None or call.returned.remote is None:
            return 0
        for seen in self._received(call):
            connection = self._flows.connection(seen.number)
            if connection is not None:
                opened = (s for s in self._rest_of_connection(connection.first) if s.source == call.returned.remote)
                done = next((s.number for s in opened if s.flags & tcp.ACK and not s.flags & tcp.SYN), 0)
                return done if done and self._frames.at(done) >= call.entered.at - _ON_ITS_WAY else 0
        return 0

    def _of_receive(self, call: Call) -> int:
        """The first frame that came while the call waited; else one that was still on its way when it began."""
        telling = [s.number for s in self._received(call) if s.size or not s.flags or s.flags & (tcp.FIN | tcp.RST)]
        given = {number: self._frames.number(number).fated_at for number in telling}
        awaited = [number for number, at in given.items() if at >= call.entered.at]
        return min(awaited, key=lambda number: (given[number], number)) if awaited else max(telling, default=0)

    def _first(self, call: Call, does: Callable[[_Seen], bool]) -> int:
        return next((seen.number for seen in self._sent(call) if does(seen)), 0)

    def _sent(self, call: Call) -> Iterator[_Seen]:
        """What the call's host sent on its connection from the entry until a moment after the return."""
        frames, host = self._frames, self._host(call)
        latest = call.returned.at + _LATE if call.returned else 1 << 63
        first = frames.count_before(call.entered.at) + 1
        for number in range(first, min(first + _LOOK_AT, len(frames) + 1)):
            if frames.at(number) > latest:
                return
            seen = self._see(number) if frames.sender(number) == host else None
            if seen and _is_between(call, seen.source, seen.destination):
                yield seen

    def _received(self, call: Call) -> Iterator[_Seen]:
        """What came for the call's socket from a moment before the entry until the return, the last first."""
        if call.returned is None:
            return
        frames, host = self._frames, self._host(call)
        last = frames.count_until(call.returned.at)
        for number in range(last, max(last - _LOOK_AT, 0), -1):
            if frames.at(number) < call.entered.at - _ON_ITS_WAY:
                return
            came = frames.sender(number) != host and self._arrived_by(number, call.returned.at)
            seen = self._see(number) if came else None
            if seen and _is_between(call, seen.destination, seen.source):
                yield seen

    def _arrived_by(self, number: int, moment: int) -> bool:
        """Whether the wire had delivered it, and not dropped it or kept it waiting."""
        frame = self._frames.number(number)
        return frame.fate in ARRIVED and frame.fated_at <= moment + _ON_ITS_WAY

    def _rest_of_connection(self, number: int) -> Iterator[_Seen]:
        """The frames after `number` that are of its connection."""
        connection = self._flows.of_frame[number - 1]
        for later in range(number + 1, min(number + _LOOK_AT, len(self._flows.of_frame) + 1)):
            if self._flows.of_frame[later - 1] == connection and (seen := self._see(later)):
                yield seen

    def _host(self, call: Call) -> int:
        hosts = self._frames.hosts
        return hosts.index(call.entered.host) if call.entered.host in hosts else -1

    def _see(self, number: int) -> _Seen | None:
        frame = decode(self._frames.data(number))
        ip, layer = frame.ip, frame.tcp or frame.udp
        if ip is None or layer is None:
            return None
        source = address_text(ip.source), layer.source_port
        destination = address_text(ip.destination), layer.destination_port
        flags = frame.tcp.flags if frame.tcp else 0
        return _Seen(number, source, destination, flags, frame.payload_end - frame.payload_start)


def _is_between(call: Call, local: tuple[str, int], remote: tuple[str, int]) -> bool:
    """Whether the call's socket, as far as its addresses are known, has these two ends."""
    returned = call.returned
    own = (returned and returned.local) or call.entered.local
    other = (returned and returned.remote) or call.entered.remote
    return bool(own or other) and _fits(own, local) and _fits(other, remote)


def _fits(known: tuple[str, int] | None, actual: tuple[str, int]) -> bool:
    if not known:
        return True
    return known[1] in (0, actual[1]) and known[0] in ("", "0.0.0.0", "::", actual[0])
