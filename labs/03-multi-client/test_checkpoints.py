"""What the server for everyone at once must do. netlab plays all of its clients.

Apart from the checkpoints that are about many at once, none needs the server to serve two: a server that serves one
after another fails where that is the subject, and nowhere else. Likewise a server that mixes its clients up fails
`own-bytes`: elsewhere a client's own bytes only have to be among what comes.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import cache

from netlab.checks import Actor, Peer, Trial, checkpoint

HOSTS = ("client", "client-2", "client-3")
PATIENCE = 5.0
KIB = 1024
MANY_BYTES = 4 * 1024 * KIB
SOME_BYTES = 640 * KIB
STEP = 64 * KIB
SMALL = 32 * KIB
"""Buffers that are soon full: then the server's own buffers fill, too."""
ETHERNET = 1460
"""Bytes in a segment: the loopback's 64 KiB would make for buffers of megabytes."""
FILLING_SECONDS = 2.0
"""How long a slow server may go on taking bytes before the client that sends them begins to read."""
LOOK_SECONDS = 0.04
UNMOVED = 5
"""So many looks in a row, with somebody else served between them, without a byte taken: the server takes no more."""
SILENCE = 1.1
"""Seconds that the first client says nothing: longer than a timeout of 1 s."""
LATE_WORKERS = 0.6
"""Seconds that worker processes get to come up with listening sockets of their own."""

EVERY_BYTE = b"  every byte there is: " + bytes(range(256)) + b" \t"
"""No newline at its end: nobody said that there are lines."""
SAME_PORT = 45_678
"""Clients on different hosts may well have the same port."""


@cache
def numbered(size: int) -> bytes:
    """So many bytes that tell where they stand."""
    return b"".join(b"%07d " % n for n in range(size // 8))


async def is_answered(peer: Peer, text: str, circumstances: str = "") -> None:
    """Its bytes come back to it; what else comes is judged elsewhere."""
    peer.circumstances = circumstances
    peer.say(text)
    await peer.hears_among(text)


async def arrives(trial: Trial, server: Actor, n: int, circumstances: str = "") -> Peer:
    """The n-th client: connected, and answered once."""
    peer = await trial.connect(server, HOSTS[n % len(HOSTS)])
    await is_answered(peer, f"hello from client {n}.", circumstances)
    return peer


async def crowd(trial: Trial, server: Actor, count: int) -> tuple[list[Peer], list[Peer]]:
    """Up to so many clients at once. One that is not answered while the others are there is the last to come.

    Gives those that were answered, and those that were not.
    """
    answered: list[Peer] = []
    for n in range(count):
        peer = await trial.connect(server, HOSTS[n % len(HOSTS)])
        peer.say(f"number {n} of the crowd.")
        if not await peer.seems_to_hear(f"number {n} of the crowd."):
            return answered, [peer]
        answered.append(peer)
    return answered, []


async def is_served_at_last(trial: Trial, server: Actor, text: str, *before: Peer) -> None:
    """A new client is answered, with its own bytes; by a server that serves one after another, when the others left."""
    peer = await trial.connect(server, "client-2")
    peer.say(text)
    if not await peer.seems_to_hear(text):
        for other in before:
            other.hang_up()
    await peer.hears(text)


class Flood:
    """A client that sends and does not read."""

    def __init__(self, trial: Trial, peer: Peer, data: bytes) -> None:
        self.peer = peer
        self.data = data
        self.offered = 0
        """Bytes sent, or waiting for room in the kernel."""
        self.moving = 0.0
        """Seconds in which the server took something."""
        self._stage = trial.stage
        peer.connection.stop_receiving()

    @classmethod
    async def begins(cls, trial: Trial, server: Actor, data: bytes) -> Flood:
        return cls(trial, await trial.connect(server, buffers=SMALL, largest_segment=ETHERNET), data)

    async def fills(self, meanwhile: Callable[[int], Awaitable[None]] | None = None) -> None:
        """Send until the server takes no more, or has taken all, or has shown for a while that it is only slow."""
        unmoved, rounds = 0, 0
        while unmoved < UNMOVED and self._taken() < len(self.data) and self.moving < FILLING_SECONDS:
            before, started, rounds = self._taken(), time.monotonic(), rounds + 1
            if self.offered - before < STEP:
                self._offer(STEP)
            if meanwhile:
                await meanwhile(rounds)
            moved = await self._takes_more_than(before)
            unmoved = 0 if moved else unmoved + 1
            self.moving += time.monotonic() - started if moved else 0

    def finishes(self) -> None:
        """Send no more."""
        self.data = self.data[: self.offered]
        self.peer.connection.finish()

    async def gets_all_back(self) -> None:
        """Read, send the rest (of a slow server's, what it can do in a few seconds), and have all of it back."""
        self.peer.connection.go_on_receiving()
        self._offer(int(self._taken() / max(self.moving, 0.001) * FILLING_SECONDS))
        self.peer.circumstances = f"to a client that sent {self.offered} bytes before it read any"
        await self.peer.hears_at_length(self.data[: self.offered])

    def _offer(self, size: int) -> None:
        if piece := self.data[self.offered : self.offered + size]:
            self.peer.connection.send(piece)
            self.offered += len(piece)

    def _taken(self) -> int:
        """Bytes that the program has received: not those that are still in either kernel's buffers."""
        ours = [row for row in self._stage.hosts["client"].sockets() if row.local == self.peer.connection.local]
        theirs = self.peer.in_kernel()
        on_the_way = sum(row.send_queue for row in ours) + (theirs.receive_queue if theirs else 0)
        return self.offered - self.peer.connection.unsent - on_the_way

    async def _takes_more_than(self, size: int) -> bool:
        return await self._stage.until(lambda: self._taken() > size, LOOK_SECONDS, look_every=LOOK_SECONDS / 8)


@checkpoint("echo", port=7811)
async def test_echo(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say(EVERY_BYTE)
    await peer.hears(EVERY_BYTE)
    await peer.judges_all()


@checkpoint("two-at-once")
async def test_two_at_once(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    silent = await trial.connect(server, "client")
    second = await trial.connect(server, "client-2")
    await is_answered(second, "may I speak?", "while another client is connected and silent")
    await asyncio.sleep(SILENCE)  # not a wait for anything: it judges nothing, and has a length of its own
    await is_answered(silent, "now it is my turn.", f"after a silence of {SILENCE} s")
    await is_answered(second, "and mine again.", "while another client is connected")


@checkpoint("fifty-at-once", deadline=110)
async def test_fifty_at_once(trial: Trial) -> None:
    server = await trial.serve()
    peers = [await arrives(trial, server, n, f"with {n} others connected") for n in range(50)]
    for n, peer in enumerate(peers):
        peer.circumstances = "with 50 clients connected"
        peer.say(f"client {n} is still here.")
    for n, peer in enumerate(peers):
        await peer.hears_among(f"client {n} is still here.")


@checkpoint("same-client", deadline=60)
async def test_same_client(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    peer = await trial.connect(server, "client-3")
    special = ("88", "bye", "quit", "exit", "q", "\n", "\n\n", " ", ".", "\x04", "x" * 5000)
    messages = [f"message {n} of 100" for n in range(1, 101 - len(special))] + list(special)
    for message in messages:
        peer.say(message)
        await peer.hears(message)
    for n in range(1, 51):  # and some more, without waiting for an answer
        peer.say(f"one more, {n}" * n)
    await peer.hears_at_length("".join(f"one more, {n}" * n for n in range(1, 51)).encode())


@checkpoint("own-bytes", deadline=100)
async def test_own_bytes(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    peers = await twenty(trial, server)
    streams = [numbered_by(n) for n in range(len(peers))]
    for start in range(0, max(map(len, streams)), 500):
        for n, (peer, stream) in enumerate(zip(peers, streams, strict=True)):
            size = 25 * (n + 1)  # the pieces of some are small and soon all sent, those of others are large
            for at in range(start, start + 500, size):
                peer.say(stream[at : min(at + size, start + 500)])
            await asyncio.sleep(0)
    for peer, stream in zip(peers, streams, strict=True):
        await peer.hears_at_length(stream)
    for peer in peers:
        await peer.judges_all()


def numbered_by(client: int) -> bytes:
    return b"".join(b"[%02d:%03d]" % (client, n) for n in range(750))


async def twenty(trial: Trial, server: Actor) -> list[Peer]:
    """Clients that have had one answer each; two of them, on different hosts, have the same port."""
    private = trial.stage.network.kind == "private"
    peers: list[Peer] = []
    for n in range(20):
        port = SAME_PORT if private and n in (3, 10) else 0
        peers.append(await trial.connect(server, HOSTS[n % len(HOSTS)], source_port=port))
        greeting = f"client {n} says hello. "
        peers[-1].say(greeting)
        await peers[-1].hears(greeting)
    return peers


@checkpoint("slow-reader", deadline=100)
async def test_slow_reader(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    other = await arrives(trial, server, 1)
    flood = await Flood.begins(trial, server, numbered(MANY_BYTES))

    async def ask(n: int) -> None:
        await is_answered(other, f"question {n}.", "while another client sends and does not read")

    await flood.fills(ask)
    await arrives(trial, server, 2, "while another client has sent and does not read")
    await flood.gets_all_back()


@checkpoint("hang-up", deadline=60)
async def test_hang_up(trial: Trial) -> None:
    server = await trial.serve()
    gone: list[Peer] = []
    for n in range(10):
        gone.append(await trial.connect(server, HOSTS[n % len(HOSTS)]))
        if n not in (4, 9):  # these two leave without a word
            await is_answered(gone[-1], f"just a word from {n}.")
        gone[-1].hang_up()
    answered, waiting = await crowd(trial, server, 10)
    for peer in answered:
        peer.hang_up()
    for peer in waiting:  # it may be its turn now: bytes that come to a client that has left would draw a reset
        await peer.seems_to_hear("of the crowd.")
        peer.hang_up()
    await are_closed(trial, server, gone + answered + waiting)
    await arrives(trial, server, 20, "after all the others have left")


async def are_closed(trial: Trial, server: Actor, gone: list[Peer]) -> None:
    addresses = {peer.connection.local for peer in gone}

    def left_open() -> list[str]:
        return [r.state for r in server.sockets() if r.remote in addresses and r.state in ("ESTABLISHED", "CLOSE-WAIT")]

    if await trial.stage.until(lambda: not left_open(), PATIENCE, look_every=0.01):
        return
    states = ", ".join(f"{count} in {state}" for state, count in Counter(left_open()).items())
    server.fail(
        f"{server.file} closes its socket of each of {len(gone)} clients that have left",
        f"after {PATIENCE:.0f} s the kernel shows {states}",
    )


@checkpoint("half-close", deadline=100)
async def test_half_close(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    for words in ("that is all.", "short", "x" * 3000):
        peer = await trial.connect(server)
        peer.circumstances = "to a client that has finished sending"
        peer.say(words)
        peer.connection.finish()
        await peer.hears(words)
        peer.hang_up()
    flood = await Flood.begins(trial, server, numbered(SOME_BYTES))
    await flood.fills()
    flood.finishes()
    await flood.fills()
    await flood.gets_all_back()


@checkpoint("reset", deadline=60)
async def test_reset(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    other = await arrives(trial, server, 0)
    for way, meet in RESETS.items():
        peer = await meet(trial, server)
        peer.reset()
        await is_answered(other, f"after {way}, I am still here.", f"after {way} reset its connection")
    await is_served_at_last(trial, server, "and I am new here.", other)


async def silent_one(trial: Trial, server: Actor) -> Peer:
    return await trial.connect(server, "client-2")


async def talker(trial: Trial, server: Actor) -> Peer:
    peer = await trial.connect(server, "client-3")
    peer.say("I shall be cut off.")
    await peer.seems_to_hear("I shall be cut off.")
    return peer


async def one_that_does_not_read(trial: Trial, server: Actor) -> Peer:
    flood = await Flood.begins(trial, server, numbered(SOME_BYTES))
    await flood.fills()
    return flood.peer


RESETS = {
    "a silent client": silent_one,
    "a client that had its answer": talker,
    "a client that did not read": one_that_does_not_read,
}


@checkpoint("one-each")
async def test_one_each(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    clients, waiting = await crowd(trial, server, 6)
    # Counted at once: whether they stay connected through a silence is judged elsewhere.
    shown = connected(server) - Counter(peer.connection.local for peer in waiting)
    await trial.stage.until(lambda: listening(server) != 1, LATE_WORKERS, look_every=0.02)
    count = listening(server)
    if count != 1:
        at = f"{server.running.address[0]}:{server.running.address[1]}"
        server.fail(f"one listening socket at {at}", f"the kernel shows {count} listening there")
    expected = {peer.connection.local: 1 for peer in clients}
    if not clients or shown != expected:
        server.fail(
            f"one connected socket for each of {len(clients)} clients: {listed(expected)}",
            f"the kernel shows {sum(shown.values())}: {listed(shown)}",
        )


def listening(server: Actor) -> int:
    """Listening sockets where the clients call. One for IPv6 beside one for IPv4 are two doors, not one shared."""
    host, port = server.running.address
    rows = [row for row in server.sockets() if row.state == "LISTEN" and row.local[1] == port]
    return max(sum(row.local[0] in (host, "0.0.0.0") for row in rows), sum(row.local[0] == "::" for row in rows))


def connected(server: Actor) -> Counter[tuple[str, int]]:
    """Who is at the other end of the server's sockets, each of which a program holds."""
    rows = [row for row in server.sockets() if row.protocol == "tcp" and row.state == "ESTABLISHED" and row.inode]
    return Counter(row.remote for row in rows)


def listed(addresses: dict[tuple[str, int], int]) -> str:
    return ", ".join(f"{host}:{port}" for host, port in sorted(addresses)) or "none"


@checkpoint("five-hundred", deadline=80)
async def test_five_hundred(trial: Trial) -> None:
    server = await trial.serve()
    for n in range(1, 501):
        peer = await arrives(trial, server, n, f"to client {n} of 500, one after another")
        peer.hang_up()
