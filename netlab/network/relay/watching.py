"""Sees the kernel's sockets change, in order with the frames that announce or make the change.

A frame that opens or closes tells, as it comes, what its sender has become; and it makes its receiver something else.
So the one connection is looked at before and after such a frame, 20 us a look, and bulk traffic is left alone. A slow
look at whole tables finds what no frame tells: a socket that listens, a TIME-WAIT that ends.
"""

from __future__ import annotations

import time

from netlab.network.sockdiag import STATE_NAMES, TCP, UDP, address, dump, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from netlab.network.relay.log import Log

    Socket: TypeAlias = tuple[str, tuple[str, int], tuple[str, int]]
    """Protocol, local end, remote end."""

_FIN, _SYN, _RST, _ACK = 0x01, 0x02, 0x04, 0x10
_FIN_SYN_RST = _FIN | _SYN | _RST
_IPV4_PLAIN = b"\x08\x00\x45"
_LISTEN = "LISTEN"
CLOSED = "CLOSED"

_ANNOUNCED_BY = {"SYN-SENT": _SYN, "FIN-WAIT-1": _FIN, "LAST-ACK": _FIN, CLOSED: _RST}
"""States that a host enters by itself, and the flag by which it tells. Seen earlier, they wait for that frame."""

_END_SILENTLY = ("LAST-ACK", "TIME-WAIT")
"""States that a frame can end without an answer."""

_SETTLED = frozenset(
    {
        ("ESTABLISHED", "ESTABLISHED"),
        ("CLOSE-WAIT", "FIN-WAIT-2"),
        (CLOSED, CLOSED),
        (CLOSED, "TIME-WAIT"),
    }
)
"""Both sides' states, in the order of the alphabet, in which only another SYN, FIN or RST changes anything."""

_LOOK_EVERY = 100_000_000
_LOOK_AT_MOST = 20
"""No more than one part in so many of the wire's time goes into looking at tables."""


_PATIENCE = 3


class Watcher:
    """What is known of every host's sockets."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._diag: list[int] = []
        self._known: list[dict[Socket, str]] = []
        self._changing: set[bytes] = set()
        self._late: dict[tuple[int, Socket], int] = {}
        self._next_look = 0
        self._thrown_away = 0
        self.looked_at = 0
        """When the last look that counted began."""

    def attach(self, host: int, diag: int) -> int | None:
        """Watch a host by a NETLINK_SOCK_DIAG socket of it; returns the one that it replaces, after a reboot."""
        if host == len(self._diag):
            self._diag.append(diag)
            self._known.append({})
            return None
        self._diag[host], old = diag, self._diag[host]
        for socket in list(self._known[host]):
            self._see(host, socket, CLOSED, 0)
        return old

    def concerns(self, data: bytes) -> bool:
        """Whether this frame may announce or make a change."""
        return (
            len(data) >= 54
            and data[23] == TCP
            and (data[47] & _FIN_SYN_RST != 0 or data[26:38] in self._changing)
            and data[12:15] == _IPV4_PLAIN
            and bool(self._diag)
        )

    def announced(self, number: int, sender: int, data: bytes) -> None:
        """Frame `number` has come: what has its sender become."""
        local, remote = _source(data), _destination(data)
        socket, state = _tcp(local, remote), self._state(sender, local, remote)
        if data[47] & _ANNOUNCED_BY.get(state, 0):
            self._see(sender, socket, state, number)
        else:
            self._see_if_made(sender, socket, state)
        self._changing |= _both_ways(local, remote)

    def before(self, receiver: int, data: bytes) -> None:
        """A frame is about to be given to this host: what happened there before is not its doing."""
        local, remote = _destination(data), _source(data)
        if data[47] & (_SYN | _ACK) == _SYN:
            self._see_listening(receiver, local[4] << 8 | local[5])
        self._see_if_made(receiver, _tcp(local, remote), self._state(receiver, local, remote))

    def _see_listening(self, host: int, port: int) -> None:
        """A call is about to be answered: whoever listens there began to since the last look, if it is not known."""
        known = self._known[host].items()
        if not any(state == _LISTEN and local[1] == port for (_, local, _), state in known):
            for socket, state in _table(self._diag[host]).items():
                if state == _LISTEN:
                    self._see(host, socket, state, 0)

    def made(self, number: int, receiver: int, data: bytes) -> None:
        """Frame `number` was given to this host: what has it made of it."""
        local, remote = _destination(data), _source(data)
        socket = _tcp(local, remote)
        self._late[receiver, socket] = number  # the kernel puts it off where the program holds the socket's lock
        self._see_if_made(receiver, socket, self._state(receiver, local, remote), reset=bool(data[47] & _RST))
        self._settle(socket, local, remote)

    def _see_if_made(self, host: int, socket: Socket, state: str, *, reset: bool = False) -> None:
        """Put a change down to the last frame that the host was given, unless one of its own is to announce it."""
        left_to_its_own = state in _ANNOUNCED_BY
        if state == CLOSED:
            left_to_its_own = not reset and self._known[host].get(socket) not in _END_SILENTLY
        if not left_to_its_own and (host, socket) in self._late:
            self._see_late(host, socket, state)

    def _settle(self, socket: Socket, local: bytes, remote: bytes) -> None:
        """Leave a connection's bare acknowledgements alone once nothing hangs on them."""
        protocol, here, there = socket
        ends = (socket, (protocol, there, here))
        states = [known[end] for known in self._known for end in ends if end in known]
        if tuple(sorted([*states, CLOSED, CLOSED][:2])) in _SETTLED:
            self._changing -= _both_ways(local, remote)
            for host in range(len(self._known)):
                for end in ends:
                    self._late.pop((host, end), None)

    def next_look(self) -> int | None:
        """When the tables are to be looked at again."""
        return self._next_look if self._diag else None

    def look_soon(self) -> None:
        """Somebody wants to know now."""
        self._next_look = 0

    def looked_since(self, at: int) -> bool:
        """Whether all that was so at that time has been seen."""
        return not self._diag or self.looked_at >= at

    def look(self, *, disturbed: Callable[[], bool]) -> None:
        """Look at all tables. Where frames came meanwhile, they have the word first: the look is thrown away."""
        began = time.monotonic_ns()
        tables = [_table(diag) for diag in self._diag]
        if disturbed() and self._thrown_away < _PATIENCE:
            self._thrown_away += 1
            return
        for host, table in enumerate(tables):
            self._compare(host, table)
        self._thrown_away, self.looked_at = 0, began
        self._next_look = began + max(_LOOK_EVERY, (time.monotonic_ns() - began) * _LOOK_AT_MOST)

    def _compare(self, host: int, table: dict[Socket, str]) -> None:
        for socket in [*self._known[host]]:
            if socket not in table:
                self._see_late(host, socket, CLOSED)
        for socket, state in table.items():
            self._see_late(host, socket, state)

    def _see_late(self, host: int, socket: Socket, state: str) -> None:
        """Put a change down to the frame that was given last, where one may still have made it."""
        if self._known[host].get(socket, CLOSED) != state:
            number = self._late.pop((host, socket), 0)
            self._see(host, socket, state, number if state not in _ANNOUNCED_BY or state == CLOSED else 0)

    def _see(self, host: int, socket: Socket, state: str, number: int) -> None:
        """Write down what is new."""
        known = self._known[host]
        old = known.get(socket, CLOSED)
        if old == state:
            return
        if state == CLOSED:
            del known[socket]
        else:
            known[socket] = state
        self._log.state(host, *socket, old, state, number)

    def _state(self, host: int, local: bytes, remote: bytes) -> str:
        return STATE_NAMES.get(state_of(self._diag[host], TCP, local, remote), CLOSED)


def _table(diag: int) -> dict[Socket, str]:
    table: dict[Socket, str] = {}
    for row in dump(diag, TCP):
        socket = ("tcp", row[4], row[5])
        if table.get(socket) != _LISTEN:  # a port may be bound by one socket and listened on by another
            table[socket] = STATE_NAMES.get(row[1], CLOSED)
    for row in dump(diag, UDP):
        table["udp", row[4], row[5]] = "CONNECTED" if row[1] == 1 else "BOUND"
    return table


def _both_ways(local: bytes, remote: bytes) -> set[bytes]:
    """The connection as it stands in the packets of either side: addresses, then ports."""
    return {local[:4] + remote[:4] + local[4:] + remote[4:], remote[:4] + local[:4] + remote[4:] + local[4:]}


def _source(data: bytes) -> bytes:
    """Address and port of a plain IPv4 packet's sender."""
    return data[26:30] + data[34:36]


def _destination(data: bytes) -> bytes:
    return data[30:34] + data[36:38]


def _tcp(local: bytes, remote: bytes) -> Socket:
    return "tcp", _end(local), _end(remote)


def _end(raw: bytes) -> tuple[str, int]:
    return address(raw[:4]), raw[4] << 8 | raw[5]
