"""The kernel's states: each of TCP's eleven seen, in order with the frames that announce or make them."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable

import pytest

from netlab.network.private import PrivateNetwork
from tests.network.conftest import SERVER, Connect, Open
from tests.network.telling import Story, tell

pytestmark = pytest.mark.network

Keep = Callable[[socket.socket], socket.socket]

ELEVEN = {
    "LISTEN", "SYN-SENT", "SYN-RECV", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK",
    "TIME-WAIT", "CLOSED",
}  # fmt: skip


def changes(story: Story) -> list[str]:
    """Each change of a connection with the frame that made it, by name."""
    return [
        f"{host} {new} by {story.frames[number - 1].sender}'s {story.frames[number - 1].flags}"
        for host, _, new, number in story.states
        if number
    ]


async def step(network: PrivateNetwork, count: int = 1) -> None:
    """Let so many frames pass, each as it comes; what a slow machine's kernel sends again passes uncounted."""
    while count:
        await network.wire.until_queued()
        number = await network.wire.step()
        *before, passed = (await tell(network)).frames[:number]
        count -= all(frame.data[34:48] != passed.data[34:48] for frame in before)  # ports, numbers, flags


async def test_a_connection_that_comes_and_goes_step_by_step(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await network.wire.freeze()
    connecting = asyncio.create_task(connect(network))
    await step(network, 3)
    client, server = await connecting
    client.close()
    await step(network, 2)
    server.close()
    await step(network, 2)
    story = await tell(network)
    assert changes(story) == [
        "client SYN-SENT by client's SYN",
        "server SYN-RECV by client's SYN",
        "client ESTABLISHED by server's SYN+ACK",
        "server ESTABLISHED by client's ACK",
        "client FIN-WAIT-1 by client's FIN+ACK",
        "server CLOSE-WAIT by client's FIN+ACK",
        "client FIN-WAIT-2 by server's ACK",
        "server LAST-ACK by server's FIN+ACK",
        "client TIME-WAIT by server's FIN+ACK",
        "server CLOSED by client's ACK",
    ]
    assert ("server", "CLOSED", "LISTEN", 0) in story.states


async def close_both(network: PrivateNetwork, client: socket.socket, server: socket.socket) -> None:
    """Both FINs are on the wire before either arrives."""
    await network.wire.flush()
    await network.wire.freeze()
    client.close()
    await network.wire.until_queued(1)
    server.close()
    await network.wire.until_queued(2)
    await step(network, 4)


async def test_both_sides_close_at_once(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    client, server = await connect(network)
    await close_both(network, client, server)
    told = changes(await tell(network))
    for host, other in (("client", "server"), ("server", "client")):
        assert [change for change in told if change.startswith(host)][-3:] == [
            f"{host} FIN-WAIT-1 by {host}'s FIN+ACK",
            f"{host} CLOSING by {other}'s FIN+ACK",
            f"{host} TIME-WAIT by {other}'s ACK",
        ]


async def test_all_eleven_states_are_seen(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await network.wire.freeze()
    connecting = asyncio.create_task(connect(network))
    await step(network, 3)
    client, server = await connecting
    client.close()
    await step(network, 2)
    server.close()
    await step(network, 2)
    await network.wire.thaw()
    await close_both(network, *await connect(network, 7789))
    assert {new for _, _, new, _ in (await tell(network)).states} == ELEVEN


async def test_a_reset_closes_both_sides(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    client, _server = await connect(network)
    await network.wire.flush()  # a program that closes at once may be faster than a look at its socket
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    client.close()
    assert changes(await tell(network))[4:] == [
        "client CLOSED by client's RST+ACK",
        "server CLOSED by client's RST+ACK",
    ]


async def test_a_refused_connection_was_never_more_than_asked_for(open_network: Open, sockets: Keep) -> None:
    network = await open_network()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.get_running_loop().sock_connect(sockets(network.hosts["client"].socket()), SERVER)
    assert changes(await tell(network)) == ["client SYN-SENT by client's SYN", "client CLOSED by server's RST+ACK"]


async def test_bulk_is_not_looked_at(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    client, server = await connect(network)
    loop = asyncio.get_running_loop()
    for _ in range(20):
        await asyncio.gather(loop.sock_sendall(client, bytes(100_000)), _drain(server, 100_000))
    assert len(changes(await tell(network))) == 4


async def _drain(one: socket.socket, size: int) -> None:
    while size > 0:
        size -= len(await asyncio.get_running_loop().sock_recv(one, 65536))


async def test_a_socket_table_tells_queues_timers_and_windows(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    client, server = await connect(network)
    client.send(b"not read yet")
    await network.wire.flush()
    listening, accepted = sorted(network.hosts["server"].sockets(), key=lambda one: one.state, reverse=True)
    assert (listening.state, listening.local, listening.remote) == ("LISTEN", SERVER, ("0.0.0.0", 0))
    assert (accepted.state, accepted.local, accepted.remote) == ("ESTABLISHED", SERVER, client.getsockname())
    assert (accepted.receive_queue, accepted.uid, accepted.inode) == (12, os.getuid(), os.fstat(server.fileno()).st_ino)
    assert accepted.info is not None
    assert (accepted.info.send_mss, accepted.info.congestion_window) == (1448, 10)


async def test_time_wait_tells_how_long_it_lasts_and_data_in_flight_that_it_is_sent_again(
    open_network: Open, connect: Connect
) -> None:
    network = await open_network()
    client, server = await connect(network)
    await network.wire.freeze()
    client.send(b"lost")
    await network.wire.until_queued(2)  # the segment, and the kernel's second try
    (row,) = network.hosts["client"].sockets()
    assert row.info is not None
    assert (row.send_queue, row.timer) == (4, "retransmit")
    assert row.info.total_retransmits >= 1
    await network.wire.thaw()
    client.close()
    assert await asyncio.get_running_loop().sock_recv(server, 10) == b"lost"
    server.close()
    await network.wire.flush()
    (row,) = network.hosts["client"].sockets()
    assert (row.state, row.timer, row.inode) == ("TIME-WAIT", "time-wait", 0)
    assert 50_000 < row.timer_ms <= 60_000


async def test_udp_sockets_are_bound_or_connected(open_network: Open, sockets: Keep) -> None:
    network = await open_network()
    bound, connected = (sockets(network.hosts["server"].socket(type=socket.SOCK_DGRAM)) for _ in range(2))
    bound.bind(SERVER)
    connected.connect(("10.0.0.1", 53))
    rows = {row.local[1]: row for row in network.hosts["server"].sockets()}
    assert (rows[7788].protocol, rows[7788].state) == ("udp", "BOUND")
    assert rows[connected.getsockname()[1]].state == "CONNECTED"
    assert {new for _, _, new, _ in (await tell(network)).states} == {"BOUND", "CONNECTED"}
