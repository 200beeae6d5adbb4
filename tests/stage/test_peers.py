"""netlab's own ends of conversations, against each other on the loopback."""

from __future__ import annotations

import pytest

from netlab.network.hosts import Host
from netlab.stage import peers
from netlab.stage.peers import Connection, End, Listener
from netlab.stage.pulse import Pulse

HERE = Host("here", "127.0.0.1", None)


async def pair(pulse: Pulse) -> tuple[Listener, Connection, Connection]:
    listener = await peers.listen(HERE, 0, pulse)
    caller = await peers.connect(HERE, listener.address, pulse)
    assert await pulse.until(lambda: len(listener.connections) == 1 and listener.connections[0].remote[1] > 0, 5)
    return listener, caller, listener.connections[0]


async def test_every_byte_is_kept_and_the_end_is_told() -> None:
    pulse = Pulse()
    listener, caller, called = await pair(pulse)
    caller.send(b"one ")
    caller.send(b"two")
    caller.finish()
    assert await pulse.until(lambda: called.end is End.FINISHED, 5)
    assert called.received == b"one two"
    called.send(b"the other direction is still open")
    called.close()
    assert await pulse.until(lambda: caller.end is End.FINISHED, 5)
    assert caller.received == b"the other direction is still open"
    await caller.dismantle()
    await listener.dismantle()


async def test_a_reset_is_no_end_of_sending() -> None:
    pulse = Pulse()
    listener, caller, called = await pair(pulse)
    caller.reset()
    assert await pulse.until(lambda: called.end is not End.OPEN, 5)
    assert called.end is End.RESET
    assert isinstance(called.error, ConnectionResetError)
    await listener.dismantle()


async def test_who_does_not_receive_stops_the_sender() -> None:
    pulse = Pulse()
    listener, caller, called = await pair(pulse)
    called.stop_receiving()
    data = bytes(range(256)) * 64 * 1024
    caller.send(data)
    assert caller.unsent > 0
    called.go_on_receiving()
    caller.finish()
    assert await pulse.until(lambda: called.end is End.FINISHED, 10)
    assert called.received == data
    for peer in (caller, called, listener):
        await peer.dismantle()


async def test_nobody_listens() -> None:
    listener = await peers.listen(HERE, 0, Pulse())
    listener.close()
    with pytest.raises(ConnectionRefusedError):
        await peers.connect(HERE, listener.address, Pulse())


async def test_datagrams_keep_their_boundaries_and_senders() -> None:
    pulse = Pulse()
    one, other = await peers.bind_datagrams(HERE, 0, pulse), await peers.bind_datagrams(HERE, 0, pulse)
    for data in (b"first", b"", b"third"):
        one.send(data, other.local)
    assert await pulse.until(lambda: len(other.received) == 3, 5)
    assert other.received == [(b"first", one.local), (b"", one.local), (b"third", one.local)]
    await one.dismantle()
    await other.dismantle()
