"""Each thing that a rule can do to a frame, done to real datagrams and segments."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import pytest

from netlab.network.private import PrivateNetwork
from tests.network.conftest import SERVER, Connect, Open
from tests.network.telling import Told, tell

pytestmark = pytest.mark.network

Keep = Callable[[socket.socket], socket.socket]


@pytest.fixture
def post(sockets: Keep) -> Callable[..., object]:
    """Sends datagrams from client to server, and receives as many as are expected."""

    async def send_and_receive(network: PrivateNetwork, words: list[bytes], expected: int) -> list[bytes]:
        ear = sockets(network.hosts["server"].socket(type=socket.SOCK_DGRAM))
        ear.bind(SERVER)
        mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
        for word in words:
            mouth.sendto(word, SERVER)
        return [await asyncio.get_running_loop().sock_recv(ear, 100) for _ in range(expected)]

    return send_and_receive


Post = Callable[[PrivateNetwork, list[bytes], int], "asyncio.Future[list[bytes]]"]


async def told(network: PrivateNetwork) -> list[Told]:
    return (await tell(network)).frames


async def test_drop(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "drop"\nprotocol = "udp"\nnth = 2\n')
    assert await post(network, [b"one", b"two", b"three"], 2) == [b"one", b"three"]
    assert [(frame.fate, frame.rule) for frame in await told(network)] == [
        ("delivered", 0),
        ("dropped", 1),
        ("delivered", 0),
    ]


async def test_hold_until_another_frame_has_passed(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "hold"\ntext = "one"\nuntil = { text = "three" }\n')
    assert await post(network, [b"one", b"two", b"three"], 3) == [b"two", b"three", b"one"]
    assert (await told(network))[0].fates == ["held", "delayed"]


async def test_delay(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "delay"\nseconds = 0.05\nnth = 1\n')
    assert await post(network, [b"one", b"two"], 2) == [b"two", b"one"]
    assert (await told(network))[0].fates == ["travelling", "delayed"]


async def test_duplicate(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "duplicate"\ncopies = 2\nnth = 1\n')
    assert await post(network, [b"one", b"two"], 4) == [b"one", b"one", b"one", b"two"]
    assert (await told(network))[0].fates == ["delivered", "duplicated", "duplicated"]


async def test_a_copy_that_comes_later(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "duplicate"\ntext = "one"\nuntil = { text = "two" }\n')
    assert await post(network, [b"one", b"two"], 3) == [b"one", b"two", b"one"]
    assert (await told(network))[0].fates == ["delivered", "duplicated"]


async def test_reorder(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "reorder"\nbehind = 2\nnth = 1\nseconds = 60\n')
    assert await post(network, [b"one", b"two", b"three", b"four"], 4) == [b"two", b"three", b"one", b"four"]
    assert (await told(network))[0].fate == "reordered"


async def test_what_nothing_overtakes_goes_on_in_the_end(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "reorder"\nseconds = 0.01\n')
    assert await post(network, [b"one"], 1) == [b"one"]
    assert (await told(network))[0].fate == "delayed"


async def test_corrupt_bytes_are_discarded_by_the_checksum(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "corrupt"\nbyte = 1\nnth = 1\n')
    assert await post(network, [b"one", b"two"], 1) == [b"two"]
    (damaged, _) = await told(network)
    assert (damaged.fate, damaged.text) == ("corrupted", "payload byte 1: 0x6e became 0x91")


async def test_with_the_checksum_repaired_the_program_gets_the_damage(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "corrupt"\nbyte = 1\nrepair = true\n')
    assert await post(network, [b"one"], 1) == [b"o\x91e"]


async def test_lost_segments_are_sent_again_and_the_stream_is_whole(open_network: Open, connect: Connect) -> None:
    network = await open_network('[[rule]]\ndo = "drop"\npayload = true\nevery = 50\nfrom = "client"\n')
    client, server = await connect(network)
    loop = asyncio.get_running_loop()
    sending = asyncio.create_task(loop.sock_sendall(client, bytes(range(256)) * 1000))
    got = b""
    while len(got) < 256_000:
        got += await loop.sock_recv(server, 65536)
    await sending
    assert got == bytes(range(256)) * 1000
    assert sum(frame.fate == "dropped" for frame in await told(network)) >= 3


async def test_the_first_rule_that_takes_a_frame_decides(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "drop"\ntext = "one"\n[[rule]]\ndo = "duplicate"\n')
    assert await post(network, [b"one", b"two"], 2) == [b"two", b"two"]
    assert [frame.rule for frame in await told(network)] == [1, 2]


async def test_other_rules_from_now_on(open_network: Open, post: Post) -> None:
    network = await open_network('[[rule]]\ndo = "drop"\n')
    await network.wire.set_rules(())
    assert await post(network, [b"one"], 1) == [b"one"]


async def test_a_frame_that_is_let_go_on_a_frozen_wire_waits_its_turn(open_network: Open, sockets: Keep) -> None:
    network = await open_network('[[rule]]\ndo = "hold"\ntext = "one"\nuntil = { text = "two" }\n')
    sockets(network.hosts["server"].socket(type=socket.SOCK_DGRAM)).bind(SERVER)
    mouth = sockets(network.hosts["client"].socket(type=socket.SOCK_DGRAM))
    mouth.sendto(b"one", SERVER)
    await network.wire.flush()
    await network.wire.freeze()
    mouth.sendto(b"two", SERVER)
    assert await network.wire.until_queued() == (2,)
    assert await network.wire.step() == 2
    assert await network.wire.until_queued() == (1,)
    assert await network.wire.step() == 1
    assert [frame.fates for frame in await told(network)] == [["held", "queued", "delayed"], ["queued", "delivered"]]
