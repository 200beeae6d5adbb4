"""The wire by hand: frozen, stepped, run until something comes, slowed, cut."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import pytest

from netlab.errors import UsageError
from netlab.network.relay.traffic import MOST_WAITING
from netlab.network.rules import Match
from tests.network.conftest import SERVER, Connect, Open
from tests.network.telling import read, tell

pytestmark = pytest.mark.network

Keep = Callable[[socket.socket], socket.socket]


async def test_a_frozen_wire_queues_and_a_step_lets_one_frame_pass(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await network.wire.freeze()
    connecting = asyncio.create_task(connect(network))
    assert await network.wire.until_queued() == (1,)
    assert await network.wire.step() == 1
    assert await network.wire.until_queued() == (2,)
    first, second = (await tell(network)).frames[:2]
    assert (first.flags, first.fate, second.fate) == ("SYN", "delivered", "queued")
    await network.wire.thaw()
    await connecting
    story = await tell(network)
    assert story.frames[1].fates == ["queued", "delivered"]
    assert story.actions == ["freeze", "step", "thaw"]


async def test_a_step_on_an_empty_queue_moves_nothing(open_network: Open) -> None:
    network = await open_network()
    await network.wire.freeze()
    assert await network.wire.step() == 0
    with pytest.raises(UsageError, match="Frame 7 is not queued"):
        await network.wire.step(7)


async def test_a_dropped_syn_is_sent_again(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await network.wire.freeze()
    connecting = asyncio.create_task(connect(network))
    await network.wire.until_queued()
    await network.wire.drop(1)
    await network.wire.thaw()
    await connecting
    first, second, *_ = (await tell(network)).frames
    assert (first.flags, first.fate, first.rule) == ("SYN", "dropped", 65535)
    assert (second.data[34:42], second.fate) == (first.data[34:42], "delivered")  # ports, sequence number


async def test_a_frame_laid_aside_comes_after_those_that_pass_it(open_network: Open, sockets: Keep) -> None:
    network = await open_network()
    loop = asyncio.get_running_loop()
    ear = sockets(network.hosts["server"].socket(type=socket.SOCK_DGRAM))
    ear.bind(SERVER)
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    await network.wire.freeze()
    for word in (b"one", b"two", b"three"):
        mouth.sendto(word, SERVER)
    await network.wire.until_queued(3)
    await network.wire.hold(1)
    status = await network.wire.status()
    assert (status.frozen, status.queued, status.held) == (True, (2, 3), (1,))
    await network.wire.step(3)
    assert await network.wire.release() == (1,)
    await network.wire.thaw()
    assert [await loop.sock_recv(ear, 10) for _ in range(3)] == [b"three", b"one", b"two"]
    assert [frame.fates for frame in (await tell(network)).frames] == [
        ["queued", "held", "delayed"],
        ["queued", "delivered"],
        ["queued", "delivered"],
    ]


async def test_the_wire_runs_until_the_next_fin_and_on_when_asked_again(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    fin = Match("tcp", flags=("FIN",))
    client, server = await connect(network)
    stopped = asyncio.create_task(network.wire.run_until(fin))
    await asyncio.sleep(0)  # the task asks
    await network.wire.status()  # and the wire, which does one thing after another, has heard it
    client.sendall(b"hello")
    assert await asyncio.get_running_loop().sock_recv(server, 10) == b"hello"
    client.close()
    at = await stopped
    assert (await network.wire.status()).queued == (at,)
    server.close()
    await network.wire.until_queued(2)
    second = await network.wire.run_until(fin)
    frames = (await tell(network)).frames
    assert [frames[number - 1].flags for number in (at, second)] == ["FIN+ACK", "FIN+ACK"]
    assert frames[at - 1].fate == "delivered"
    assert frames[second - 1].fate == "queued"


async def test_whoever_waits_for_a_stop_is_told_when_somebody_thaws(open_network: Open) -> None:
    network = await open_network()
    waiting = asyncio.create_task(network.wire.run_until(Match("tcp", flags=("RST",))))
    await network.wire.status()
    await network.wire.thaw()
    assert await waiting == 0


async def test_a_slow_wire_delivers_late_and_in_order(open_network: Open, sockets: Keep) -> None:
    network = await open_network()
    loop = asyncio.get_running_loop()
    ear = sockets(network.hosts["server"].socket(type=socket.SOCK_DGRAM))
    ear.bind(SERVER)
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    await network.wire.slow(0.05)
    sent_at = loop.time()
    for word in (b"one", b"two"):
        mouth.sendto(word, SERVER)
    assert [await loop.sock_recv(ear, 10) for _ in range(2)] == [b"one", b"two"]
    assert loop.time() - sent_at >= 0.05
    assert [frame.fates for frame in (await tell(network)).frames] == [["travelling", "delayed"]] * 2


async def test_nothing_comes_from_a_host_that_is_cut_off(open_network: Open, connect: Connect) -> None:
    network = await open_network()
    await network.wire.cut("client")
    connecting = asyncio.create_task(connect(network))
    length = 0
    while not (await tell(network)).frames:
        length = await network.wire.grown(length)
    await network.wire.join("client")
    await connecting  # by the SYN that the kernel sends again
    first, second, *_ = (await tell(network)).frames
    assert (first.flags, first.fate) == ("SYN", "unreachable")
    assert (second.flags, second.fate) == ("SYN", "delivered")
    with pytest.raises(UsageError, match="no host `printer`"):
        await network.wire.cut("printer")


async def test_what_is_still_on_the_wire_at_the_end_stayed_there(open_network: Open, sockets: Keep) -> None:
    network = await open_network('[[rule]]\ndo = "hold"\ntext = "one"\n')
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    mouth.sendto(b"one", SERVER)
    await network.wire.flush()
    await network.wire.freeze()
    mouth.sendto(b"two", SERVER)
    await network.wire.until_queued()
    told = await tell(network)
    assert [frame.fate for frame in told.frames] == ["held", "queued"]
    await network.wire.end()
    assert [frame.fate for frame in read(network.wire.log_fd).frames] == ["left", "left"]


async def test_a_flood_against_a_frozen_wire_has_a_limit(open_network: Open, sockets: Keep) -> None:
    network = await open_network()
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    await network.wire.freeze()
    for _ in range(MOST_WAITING // 100 + 1):
        for _ in range(100):
            mouth.sendto(b"", SERVER)
        await network.wire.status()
    story = await tell(network)
    assert [frame.fate for frame in story.frames].count("queued") == MOST_WAITING
    assert (story.frames[-1].fate, story.frames[-1].text) == ("dropped", "10000 frames wait on the wire already")
    assert len((await network.wire.status()).queued) == 10_000
