"""A host: a network namespace with one interface, an address, and a socket table that can be read."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from socket import AF_INET, SOCK_RAW, SOCK_STREAM
from socket import socket as Socket

from netlab.errors import UnavailableError
from netlab.network.links import mac_of
from netlab.network.namespaces import Namespace
from netlab.network.sockdiag import NETLINK_SOCK_DIAG
from netlab.network.states import SocketState, read_sockets


@dataclass(frozen=True, slots=True)
class HostSpec:
    """What a lab says about a host."""

    name: str
    address: str
    """IPv4, dotted; all hosts of a network are in one /24."""


class Host:
    """A host of a running network. Made and closed by its network."""

    def __init__(self, name: str, address: str, namespace: Namespace | None) -> None:
        """`namespace` is None on the loopback, where the machine itself is every host."""
        self.name = name
        self.address = address
        self.mac = mac_of(address)
        self._namespace = namespace
        self._diag: Socket | None = None

    def inside(self) -> AbstractContextManager[None]:
        """The calling thread is on this host: sockets and processes that it makes meanwhile are the host's."""
        return self._namespace.inside() if self._namespace else nullcontext()

    @property
    def namespace(self) -> Namespace:
        """What the host is made of; UnavailableError on the loopback."""
        if self._namespace is None:
            raise UnavailableError(f"{self.name} is no host of its own on the loopback.")
        return self._namespace

    def socket(self, family: int = AF_INET, type: int = SOCK_STREAM, proto: int = 0) -> Socket:  # noqa: A002
        """A socket made on this host; it stays there, whichever thread uses it. Parameters as in `socket.socket`."""
        with self.inside():
            return Socket(family, type, proto)

    def sockets(self) -> list[SocketState]:
        """The kernel's TCP and UDP sockets on this host, now. On the loopback: of the whole machine.

        UnavailableError where the system is not Linux.
        """
        if self._diag is None:
            self._diag = self.diag_socket()
        return read_sockets(self._diag.fileno())

    def diag_socket(self) -> Socket:
        """A new NETLINK_SOCK_DIAG socket that tells this host's table, from wherever it is read."""
        if sys.platform != "linux":
            raise UnavailableError("Only Linux tells of its sockets by NETLINK_SOCK_DIAG.", "Run netlab on Linux.")
        from socket import AF_NETLINK  # not there on other systems

        return self.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)

    def move(self, namespace: Namespace) -> None:
        """The host is another namespace from now on: it was rebooted."""
        self.close()
        self._namespace = namespace

    def close(self) -> None:
        """Let go of the namespace. Harmless twice."""
        if self._diag is not None:
            self._diag.close()
            self._diag = None
        if self._namespace is not None:
            self._namespace.close()

    def __repr__(self) -> str:
        return f"<Host {self.name} {self.address}>"
