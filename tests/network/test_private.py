"""Hosts talk over the wire, every frame is kept, and nothing stays behind."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from typing import IO, cast

import pytest

from netlab.errors import NetlabError
from netlab.processes.exits import readable
from netlab.processes.spawning import PIPE, spawn
from tests.network.conftest import SERVER, Connect, Open
from tests.network.telling import tell

pytestmark = pytest.mark.network

Keep = Callable[[socket.socket], socket.socket]


async def test_a_conversation_is_kept_frame_by_frame(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    loop = asyncio.get_running_loop()
    client, server = await connect(network)
    await loop.sock_sendall(client, "你好".encode())
    assert await loop.sock_recv(server, 100) == "你好".encode()
    story = await tell(network)
    assert [frame.flags for frame in story.frames[:3]] == ["SYN", "SYN+ACK", "ACK"]
    assert [frame.payload for frame in story.frames if frame.payload] == ["你好".encode()]
    assert {frame.fate for frame in story.frames} == {"delivered"}
    assert story.frames[0].data[:12].hex() == "020000000002020000000001"


async def test_nothing_but_the_conversation_is_on_the_wire(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await connect(network)
    assert {frame.data[12:14].hex() for frame in (await tell(network)).frames} == {"0800"}


async def test_arp_is_there_when_it_is_the_subject(open_network: Open, connect: Connect) -> None:
    network = await open_network(arp=True)
    await connect(network)
    kinds = [frame.data[12:14].hex() for frame in (await tell(network)).frames]
    assert kinds[:3] == ["0806", "0806", "0800"]


async def test_a_broadcast_reaches_all_and_a_datagram_reaches_one(open_network: Open, sockets: Keep) -> None:
    network = await open_network(hosts=3)
    loop = asyncio.get_running_loop()
    ears = []
    for name in ("server", "third"):
        ears.append(sockets(network.hosts[name].socket(type=socket.SOCK_DGRAM)))
        ears[-1].bind(("", 7788))
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    mouth.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    mouth.sendto(b"to one", ("10.0.0.3", 7788))
    mouth.sendto(b"to all", ("10.0.0.255", 7788))
    assert await loop.sock_recv(ears[0], 100) == b"to all"
    assert [await loop.sock_recv(ears[1], 100) for _ in range(2)] == [b"to one", b"to all"]
    assert [frame.payload for frame in (await tell(network)).frames] == [b"to one", b"to all"]


async def test_networks_side_by_side_do_not_meet(open_network: Open, connect: Connect) -> None:
    first, second = await open_network(), await open_network()
    await connect(first)
    await connect(second)  # the same addresses and the same port
    assert len((await tell(first)).frames) == 3


async def test_no_byte_of_a_bulk_transfer_is_missing_from_the_log(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    client, server = await connect(network)
    sent = os.urandom(1 << 23)
    _, got = await asyncio.gather(asyncio.get_running_loop().sock_sendall(client, sent), receive(server, len(sent)))
    assert got == sent
    story = await tell(network)
    first = int.from_bytes(story.frames[0].data[38:42], "big") + 1
    kept = bytearray(len(sent))
    for frame in story.frames:
        if frame.sender == "client" and frame.payload:
            at = (int.from_bytes(frame.data[38:42], "big") - first) % (1 << 32)
            kept[at : at + len(frame.payload)] = frame.payload
    assert kept == sent
    assert story.lost == 0


async def test_what_does_not_fit_into_the_log_is_carried_and_counted(open_network: Open, connect: Connect) -> None:
    network = await open_network(log_limit=100_000)
    client, server = await connect(network)
    _, got = await asyncio.gather(
        asyncio.get_running_loop().sock_sendall(client, bytes(1_000_000)), receive(server, 1_000_000)
    )
    story = await tell(network)
    assert len(got) == 1_000_000
    assert sum(len(frame.data) for frame in story.frames) < 102_000
    assert story.lost > 600


async def test_a_rebooted_host_has_no_memory_of_its_connections(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    loop = asyncio.get_running_loop()
    client, server = await connect(network)
    await network.reboot("server")
    server.close()  # of the old namespace, whose cable is gone: no FIN comes from it
    await loop.sock_sendall(client, b"still there?")
    with pytest.raises(ConnectionResetError):
        await loop.sock_recv(client, 100)
    again, _ = await connect(network)
    assert again.getpeername() == SERVER
    story = await tell(network)
    assert ("server", "ESTABLISHED", "CLOSED", 0) in story.states
    assert story.actions == ["cut", "reboot", "join"]


async def test_the_wire_goes_with_its_network(open_network: Open) -> None:
    network = await open_network()
    process = network.wire.process
    await network.close()
    await network.close()
    assert await process.wait() == 0
    with pytest.raises(NetlabError, match="The wire has ended"):
        await network.wire.freeze()


_OWNER = """
import asyncio, signal
from netlab.network.hosts import HostSpec
from netlab.network.private import open_private
async def own():
    network = await open_private([HostSpec("client", "10.0.0.1"), HostSpec("server", "10.0.0.2")])
    print(network.wire.process.pid, flush=True)
    signal.pause()
asyncio.run(own())
"""


async def test_the_wire_goes_when_its_owner_is_killed() -> None:
    owner = spawn([sys.executable, "-c", _OWNER], stdout=PIPE)
    wire = os.pidfd_open(int(await asyncio.to_thread(cast(IO[bytes], owner.stdout).readline)))
    owner.kill()
    async with asyncio.timeout(5):
        await readable(wire)
    os.close(wire)
    await owner.end()


async def receive(one: socket.socket, size: int) -> bytes:
    """Exactly so many bytes."""
    got = bytearray()
    while len(got) < size:
        got += await asyncio.get_running_loop().sock_recv(one, 1 << 20) or b"END"
    return bytes(got)
