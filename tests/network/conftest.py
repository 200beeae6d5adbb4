"""Networks for tests: opened on real namespaces, and gone after each test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack

import pytest

from netlab.network.hosts import HostSpec
from netlab.network.private import PrivateNetwork, open_private
from netlab.network.rulefile import parse_rules

SPECS = (HostSpec("client", "10.0.0.1"), HostSpec("server", "10.0.0.2"), HostSpec("third", "10.0.0.3"))
SERVER = ("10.0.0.2", 7788)

Open = Callable[..., Awaitable[PrivateNetwork]]
Connect = Callable[..., Coroutine[None, None, tuple[socket.socket, socket.socket]]]


@pytest.fixture
async def open_network() -> AsyncIterator[Open]:
    """Opens a network of two hosts, or as many as are asked for, with the rules of a wire script."""
    async with AsyncExitStack() as closing:

        async def open_one(script: str = "", hosts: int = 2, **options: bool | int) -> PrivateNetwork:
            names = [spec.name for spec in SPECS[:hosts]]
            network = await open_private(SPECS[:hosts], rules=parse_rules(script, names), **options)  # type: ignore[arg-type]
            closing.push_async_callback(network.close)
            return network

        yield open_one


@pytest.fixture
async def sockets() -> AsyncIterator[Callable[[socket.socket], socket.socket]]:
    """Keeps a socket for the test, non-blocking, and closes it afterwards."""
    kept: list[socket.socket] = []

    def keep(one: socket.socket) -> socket.socket:
        one.setblocking(False)
        kept.append(one)
        return one

    yield keep
    for one in kept:
        one.close()


@pytest.fixture
async def connect(sockets: Callable[[socket.socket], socket.socket]) -> Connect:
    """Connects the client to a server: returns both ends."""

    async def connect_hosts(network: PrivateNetwork, port: int = 7788) -> tuple[socket.socket, socket.socket]:
        loop = asyncio.get_running_loop()
        listener, client = sockets(network.hosts["server"].socket()), sockets(network.hosts["client"].socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("10.0.0.2", port))
        listener.listen()
        _, (server, _) = await asyncio.gather(loop.sock_connect(client, ("10.0.0.2", port)), loop.sock_accept(listener))
        return client, sockets(server)

    return connect_hosts
