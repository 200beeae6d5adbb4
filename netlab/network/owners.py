"""Which program holds a socket: found by inode in /proc, and remembered by the ends of the connection.

The kernel tells no inode of what no program holds any more, so whoever held it has to be known from before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from netlab.network.hosts import Host
from netlab.network.states import SocketState

Ends = tuple[str, tuple[str, int], tuple[str, int]]


class Owners:
    """The owners of one host's sockets, as far as they have been seen."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._by_inode: dict[int, int] = {}
        self._by_ends: dict[Ends, int] = {}

    def learn(self, sockets: Iterable[SocketState]) -> None:
        """Look for the owners of these; /proc is read only where one is not known yet (2 ms for 100 processes)."""
        held = [socket for socket in sockets if socket.inode]
        if any(socket.inode not in self._by_inode for socket in held):
            self._by_inode = dict(_holders())
        for socket in held:
            if socket.inode in self._by_inode:
                self._by_ends[_ends(socket)] = self._by_inode[socket.inode]

    def of(self, socket: SocketState) -> int | None:
        """The process id, as netlab sees it, of who holds the socket or held it last."""
        return self._by_inode.get(socket.inode) or self._by_ends.get(_ends(socket))


def _ends(socket: SocketState) -> Ends:
    return socket.protocol, socket.local, socket.remote


def _holders() -> Iterator[tuple[int, int]]:
    """Inode and process id of every socket that a process holds which this user may look at; children come last.

    A socket that was inherited is said to be the younger process's: of a forking server, the one that serves.
    """
    for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
        for inode in _sockets_of(pid):
            yield inode, pid


def _sockets_of(pid: int) -> Iterator[int]:
    folder = f"/proc/{pid}/fd"
    try:
        for name in os.listdir(folder):
            target = os.readlink(f"{folder}/{name}")
            if target.startswith("socket:["):
                yield int(target[8:-1])
    except OSError:  # it has ended, or is another user's
        return
