"""netlab's own ends of a conversation: plain sockets of this process, made on a host.

A peer receives all the time and keeps every byte, so a check can judge the whole stream at the connection's end. It
judges nothing itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from enum import StrEnum
from typing import cast

from netlab.network.hosts import Host
from netlab.stage.pulse import Pulse

LINGER_NOTHING = struct.pack("ii", 1, 0)
"""struct linger for SO_LINGER: on, 0 seconds: close() sends RST (socket(7))."""


class End(StrEnum):
    """How the other side of a connection ended it."""

    OPEN = "open"
    FINISHED = "finished"  # FIN: everything that was sent has come
    RESET = "reset"  # RST, or another connection error


class Connection(asyncio.Protocol):
    """One TCP connection between this process and a program under test."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._transport: asyncio.Transport | None = None
        self._gone = asyncio.Event()
        self.received = bytearray()
        self.end = End.OPEN
        self.error: Exception | None = None
        """What the kernel said where the connection was reset."""
        self.local: tuple[str, int] = ("", 0)
        self.remote: tuple[str, int] = ("", 0)

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.local = self._socket.getsockname()[:2]
        self.remote = transport.get_extra_info("peername", ("", 0))[:2]
        self._pulse.beat()

    def data_received(self, data: bytes) -> None:
        self.received += data
        self._pulse.beat()

    def eof_received(self) -> bool:
        self.end = End.FINISHED
        self._pulse.beat()
        return True  # our own direction stays open

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None and self.end is End.OPEN:
            self.end, self.error = End.RESET, exc
        self._gone.set()
        self._pulse.beat()

    # What a check calls.

    @property
    def _socket(self) -> socket.socket:
        assert self._transport is not None
        return cast(socket.socket, self._transport.get_extra_info("socket"))

    def send(self, data: bytes) -> None:
        """One send; what the kernel does not take at once follows as it does."""
        assert self._transport is not None
        self._transport.write(data)

    @property
    def unsent(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return self._transport.get_write_buffer_size() if self._transport else 0

    def stop_receiving(self) -> None:
        """Take nothing more off the socket until `go_on_receiving`: its window will close."""
        assert self._transport is not None
        self._transport.pause_reading()

    def go_on_receiving(self) -> None:
        """Undo `stop_receiving`."""
        assert self._transport is not None
        self._transport.resume_reading()

    def finish(self) -> None:
        """Half-close: FIN after all that was sent; receiving goes on. Nothing where the other side has reset it."""
        if self._transport and not self._transport.is_closing():
            with contextlib.suppress(OSError):  # the reset was not read yet
                self._transport.write_eof()

    def close(self) -> None:
        """Close both directions, as close() does."""
        if self._transport:
            self._transport.close()

    def reset(self) -> None:
        """End the connection with RST, at once (SO_LINGER with 0 seconds)."""
        if self._transport and not self._transport.is_closing():
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOTHING)
            self._transport.abort()

    async def dismantle(self) -> None:
        """Close at once, whatever is unsent, and wait until the socket is gone."""
        if self._transport:
            self._transport.abort()
            await self._gone.wait()


class Listener:
    """A listening socket of netlab's own; it accepts whoever comes."""

    def __init__(self, server: asyncio.Server, connections: list[Connection], address: tuple[str, int]) -> None:
        self._server = server
        self.connections = connections
        """In the order in which they were accepted."""
        self.address = address

    def close(self) -> None:
        """Listen no longer; connections live on."""
        self._server.close()

    async def dismantle(self) -> None:
        """Close it and every connection it accepted, and wait until the sockets are gone."""
        self.close()
        for connection in self.connections:
            await connection.dismantle()


class Datagrams(asyncio.DatagramProtocol):
    """A bound UDP socket of netlab's own."""

    def __init__(self, sock: socket.socket, pulse: Pulse) -> None:
        self._socket = sock
        self._pulse = pulse
        self._transport: asyncio.DatagramTransport | None = None
        self._gone = asyncio.Event()
        self.received: list[tuple[bytes, tuple[str, int]]] = []
        """Datagrams and the addresses they came from, in order."""
        self.local: tuple[str, int] = ("", 0)
        self.answer: Callable[[bytes, tuple[str, int]], None] | None = None
        """Called with each datagram as it comes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        self.local = transport.get_extra_info("sockname")[:2]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.received.append((data, addr[:2]))
        if self.answer:
            self.answer(data, addr[:2])
        self._pulse.beat()

    def error_received(self, exc: Exception) -> None:
        self._pulse.beat()  # an ICMP error about an earlier datagram: whoever waits will see that nothing came

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone.set()

    def send(self, data: bytes, address: tuple[str, int]) -> None:
        """One datagram; it may be empty, which asyncio's own `sendto` would leave out."""
        self._socket.sendto(data, address)

    def close(self) -> None:
        """Unbind."""
        if self._transport:
            self._transport.close()

    async def dismantle(self) -> None:
        """Unbind, and wait until the socket is gone."""
        if self._transport:
            self._transport.abort()
            await self._gone.wait()


async def connect(
    host: Host,
    address: tuple[str, int],
    pulse: Pulse,
    seconds: float = 5.0,
    *,
    source_port: int = 0,
    buffers: int = 0,
    largest_segment: int = 0,
) -> Connection:
    """Connect from a host. Raises OSError or TimeoutError as the kernel says.

    0 leaves the choice to the kernel: of the source port, of the size of both buffers, of the largest segment to be
    sent to it (in bytes).
    """
    loop = asyncio.get_running_loop()
    sock = host.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    try:
        if buffers:  # before the handshake, which tells the window's scale
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffers)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffers)
        if largest_segment:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, largest_segment)
        if source_port:
            sock.bind((host.address, source_port))
        await asyncio.wait_for(loop.sock_connect(sock, address), seconds)
    except BaseException:
        sock.close()
        raise
    _, connection = await loop.create_connection(lambda: Connection(pulse), sock=sock)
    return connection


async def listen(host: Host, port: int, pulse: Pulse) -> Listener:
    """Listen on a host's own address; port 0 takes a free one."""
    loop = asyncio.get_running_loop()
    sock = host.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host.address, port))
    connections: list[Connection] = []

    def accepted() -> Connection:
        connections.append(Connection(pulse))
        return connections[-1]

    server = await loop.create_server(accepted, sock=sock, backlog=128)
    return Listener(server, connections, sock.getsockname()[:2])


async def bind_datagrams(host: Host, port: int, pulse: Pulse) -> Datagrams:
    """A UDP socket on a host's own address; port 0 takes a free one."""
    loop = asyncio.get_running_loop()
    sock = host.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.bind((host.address, port))
    _, peer = await loop.create_datagram_endpoint(lambda: Datagrams(sock, pulse), sock=sock)
    return peer
