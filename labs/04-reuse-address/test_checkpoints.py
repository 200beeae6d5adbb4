"""What the server must do, above all when it is started again. netlab plays its clients."""

from __future__ import annotations

import errno
import math
import os
import socket
import time
from collections.abc import Awaitable, Callable

from netlab.checks import Actor, CheckpointFailed, Measured, Peer, Sighting, Trial, checkpoint, prediction
from netlab.stage.peers import End
from netlab.stage.stage import LOOK_EVERY

REPLY = b"Thank you!"
PATIENCE = 5.0
A_MOMENT = 1.0
CTRL_C_SECONDS = 2.0
LEEWAY = 0.5
"""Seconds that a busy machine may add to those."""
A_LOOK = 0.05
SETTLING = 0.3
"""Seconds that a server has to get from listen() or close() to where it waits: nothing is judged by it."""
LISTEN = "LISTEN"
TIME_WAIT = "TIME-WAIT"

Visit = Callable[[Trial, Actor], Awaitable[Peer]]
"""A client that comes and goes."""


# What a client does.


async def is_answered(trial: Trial, server: Actor, message: str) -> Peer:
    """A client says something and hears something; what, and how the server closes, is judged elsewhere."""
    peer = await trial.connect(server)
    peer.say(message)
    if not await peer.until(lambda: bool(peer.received)):
        peer.expected += REPLY
        if peer.ended:
            await server.may_end()
        peer.fail("it was left without an answer")
    await peer.until(lambda: len(peer.received) >= len(REPLY), A_MOMENT)
    return peer


async def seems_to_be_accepted(peer: Peer) -> None:
    """Until a program holds the server's end of the connection; nothing is judged by it."""

    def held() -> bool:
        row = peer.in_kernel()
        return row is None or row.inode != 0

    await peer.stage.until(held, A_MOMENT, look_every=LOOK_EVERY)


async def has_said_nothing(peer: Peer) -> None:
    """A server that answers before it has received does so about now; one that does not has nothing to say."""
    await seems_to_be_accepted(peer)
    if await peer.until(lambda: bool(peer.received), SETTLING):
        peer.fail("before the client had said a word")


async def closes_first(trial: Trial, server: Actor) -> Peer:
    """A client is served, waits for the server to close, closes too; the TIME-WAIT is on the server's host."""
    expected = f"{server.file} closes the connection first, after its reply, by FIN"
    peer = await is_answered(trial, server, "hello")
    if not await peer.until(lambda: peer.ended):
        server.fail(expected, f"it is still open after {PATIENCE:.0f} s: {server.stage.doing(server.running)}")
    if peer.connection.end is End.RESET:
        server.fail(expected, "it was reset: the server's segment was a RST")
    peer.hang_up()
    if not await trial.stage.until(lambda: state_of(peer) == TIME_WAIT, PATIENCE, look_every=LOOK_EVERY):
        state = state_of(peer)
        got = f"it is in {state}" if state else "the connection is gone without a trace"
        server.fail(f"{expected}: it stays behind in {TIME_WAIT} on the server's host", got)
    return peer


def state_of(peer: Peer) -> str:
    """The state of the server's end, as the kernel says; nothing where there is no such socket."""
    row = peer.in_kernel()
    return row.state if row else ""


# How a server is stopped and started again.


async def is_stopped(server: Actor) -> None:
    """Ctrl-C, and KILL after 2 s; how it ends is judged by `ctrl-c` alone."""
    server.interrupt()
    await server.until(lambda: server.program.ended is not None, CTRL_C_SECONDS)
    await server.stop()
    await server.stage.until(lambda: not listening(server), PATIENCE, look_every=LOOK_EVERY)


def listening(server: Actor) -> list[tuple[str, int]]:
    """Where something listens at the server's port, as often as there are sockets."""
    port = server.running.address[1]
    return [row.local for row in server.sockets() if row.state == LISTEN and row.local[1] == port]


def shared(server: Actor) -> bool:
    """Whether two sockets listen at one address; one for IPv4 and another for IPv6 are two addresses."""
    addresses = listening(server)
    return len(set(addresses)) < len(addresses)


async def starts_again(trial: Trial, before: Peer) -> Actor:
    """The server is started once more, at the same port, where an earlier connection is in TIME-WAIT; it serves."""
    remains = earlier_connections(before.actor)
    try:
        server = await trial.serve(port=before.actor.running.address[1])
    except CheckpointFailed as failed:
        raise CheckpointFailed(
            f"started again at once, {failed.expected}",
            f"{failed.got}\nearlier connections on this port: {remains}",
            failed.where,
            failed.evidence,
        ) from None
    (await is_answered(trial, server, "are you back?")).hang_up()
    return server


def earlier_connections(server: Actor) -> str:
    """Their states, as the kernel says: `TIME-WAIT for 59.8 s more, FIN-WAIT-2`."""
    port = server.running.address[1]
    rows = [row for row in server.sockets() if row.local[1] == port and row.remote[1]]
    states = (f"{r.state} for {r.timer_ms / 1000:.1f} s more" if r.state == TIME_WAIT else r.state for r in rows)
    return ", ".join(states) or "none"


def seconds_left(peer: Peer) -> float:
    """Of the TIME-WAIT at the server's end."""
    row = peer.in_kernel()
    return row.timer_ms / 1000 if row and row.state == TIME_WAIT else 0.0


async def ends_on_ctrl_c(server: Actor) -> None:
    await server.until(lambda: False, SETTLING)
    server.interrupt()
    expected = f"after Ctrl-C {server.file} ends by itself within {CTRL_C_SECONDS:.0f} s, with exit code 0"
    if not await has_ended_within(server, CTRL_C_SECONDS + LEEWAY):
        doing = f"{server.stage.doing(server.running)}\n{server.last_lines()}"
        server.fail(expected, f"it is still running after {CTRL_C_SECONDS:.0f} s: {doing}")
    await server.exits(0, expected=expected)


async def has_ended_within(server: Actor, seconds: float) -> bool:
    """By the clock: other waits are longer where the machine is overloaded, this one is what the lab asks for."""
    deadline = time.monotonic() + seconds
    while server.program.ended is None and time.monotonic() < deadline:
        await server.until(lambda: False, A_LOOK)
    return server.program.ended is not None


# The checkpoints.


@checkpoint("answers", port=7811)
async def test_answers(trial: Trial) -> None:
    for message in ("hello", "你好"):
        server = await trial.serve(port=trial.another_port())
        peer = await trial.connect(server)
        await has_said_nothing(peer)
        peer.say(message)
        await peer.hears(REPLY)
        await peer.judges_all()


@checkpoint("closes-first")
async def test_closes_first(trial: Trial) -> None:
    server = await trial.serve()
    await closes_first(trial, server)


@checkpoint("next-client")
async def test_next_client(trial: Trial) -> None:
    server = await trial.serve()
    for visit in ("first", "second", "third"):
        (await is_answered(trial, server, f"the {visit} of us")).hang_up()
    silent = await trial.connect(server)
    silent.hang_up()
    await silent.is_missed()
    for visit in ("fourth", "fifth", "sixth"):
        (await is_answered(trial, server, f"the {visit} of us")).hang_up()


@checkpoint("ctrl-c")
async def test_ctrl_c(trial: Trial) -> None:
    await ends_on_ctrl_c(await trial.serve())
    server = await trial.serve(port=trial.another_port())
    peer = await is_answered(trial, server, "I am about to leave")
    peer.hang_up()
    await peer.is_missed()
    await ends_on_ctrl_c(server)


@checkpoint("restarts", deadline=30)
async def test_restarts(trial: Trial) -> None:
    server = await trial.serve()
    for _ in range(2):
        waiting = await closes_first(trial, server)
        await is_stopped(server)
        server = await starts_again(trial, waiting)


@checkpoint("restarts-busy", deadline=30)
async def test_restarts_busy(trial: Trial) -> None:
    server = await trial.serve()
    waiting = await closes_first(trial, server)
    silent = await trial.connect(server)
    await seems_to_be_accepted(silent)
    await is_stopped(server)
    await starts_again(trial, waiting)


@checkpoint("only-one")
async def test_only_one(trial: Trial) -> None:
    first = await trial.serve()
    second = await trial.start("server")
    expected = f'a second {second.file} beside the running one prints a line with "in use" and ends with exit code 1'
    if await second.until(lambda: shared(first)):
        second.fail(expected, f"two servers are listening on port {first.running.address[1]} now")
    await second.exits(1, expected=expected)
    if not second.has_shown("in use", word=True):
        second.fail(expected, "no line of it says so")
    (await is_answered(trial, first, "are you still there?")).hang_up()


@checkpoint("starter-fails")
async def test_starter_fails(trial: Trial) -> str:
    """What the kernel says to a socket without the option, as a starter's is."""
    server = await trial.serve()
    peer = await closes_first(trial, server)
    await is_stopped(server)
    with server.running.host.socket() as plain:
        error = bind_error(plain, server.running.address)
    if error != errno.EADDRINUSE:
        server.fail("bind() without SO_REUSEADDR: EADDRINUSE", errno.errorcode.get(error, "no error"))
    return f"bind() without SO_REUSEADDR says EADDRINUSE ({os.strerror(error)}), for {seconds_left(peer):.1f} s more"


def bind_error(plain: socket.socket, address: tuple[str, int]) -> int:
    try:
        plain.bind(address)
    except OSError as error:
        return error.errno or 0
    return 0


# The predictions.


async def one_visit(trial: Trial, server: Actor) -> Peer:
    """A client says hello, waits a moment for the server to close, and closes too, first or second."""
    peer = await is_answered(trial, server, "hello")
    await peer.until(lambda: peer.ended, A_MOMENT)
    peer.hang_up()
    return peer


async def leaves_at_once(trial: Trial, server: Actor) -> Peer:
    """The same where the client closes first: it says nothing at all."""
    peer = await trial.connect(server)
    peer.hang_up()
    return peer


async def is_cut_off(trial: Trial, server: Actor) -> Peer:
    """The same where nobody closes: the client's end is a RST."""
    peer = await trial.connect(server)
    peer.reset()
    await peer.is_missed()
    return peer


async def time_waits(trial: Trial, peer: Peer) -> dict[str, int]:
    """What is left, in ms, of each TIME-WAIT that this visit left behind, by the host that it is on."""
    found: dict[str, int] = {}

    def look() -> bool:
        mine, its = peer.connection.local, peer.connection.remote
        rows = [row for host in trial.stage.hosts.values() for row in host.sockets() if row.state == TIME_WAIT]
        ends = {(mine, its): "client", (its, mine): "server"}
        found.update({ends[row.local, row.remote]: row.timer_ms for row in rows if (row.local, row.remote) in ends})
        return bool(found)

    await trial.stage.until(look, A_MOMENT, look_every=LOOK_EVERY)
    return found


async def goodbyes(trial: Trial, *peers: Peer) -> list[Sighting]:
    """The frames with which these visits ended: who sends the first FIN waits. None where there is no wire."""
    visits = {peer.connection.local for peer in peers}
    ends = [one for one in await trial.frames() if one.flags & {"FIN", "RST"}]
    return [one for one in ends if visits & {one.source, one.destination}]


async def side(trial: Trial, peer: Peer) -> Measured:
    found = await time_waits(trial, peer)
    if not found:
        peer.actor.fail(f"{TIME_WAIT} on one of the two hosts", "there is none")
    return Measured("server" if "server" in found else "client", await goodbyes(trial, peer))


async def seconds(trial: Trial, visit: Visit) -> Measured:
    """The whole of it: what is left a moment after it began, rounded up. The longest of three, for a slow machine."""
    server = await trial.serve()
    visits, longest = [], 0
    for _ in range(3):
        visits.append(await visit(trial, server))
        longest = max([longest, *(await time_waits(trial, visits[-1])).values()])
    return Measured(math.ceil(longest / 1000 - 0.1), await goodbyes(trial, *visits))


async def survives(trial: Trial, peer: Peer) -> Measured:
    """Whether it is on the server's host when the server has ended."""
    await time_waits(trial, peer)
    await is_stopped(peer.actor)
    stays = state_of(peer) == TIME_WAIT
    return Measured("yes" if stays else "no", await goodbyes(trial, peer))


@prediction("time-wait-side")
async def test_time_wait_side(trial: Trial) -> Measured:
    return await side(trial, await one_visit(trial, await trial.serve()))


@prediction("time-wait-side", scene="the client closes first")
async def test_time_wait_side_of_the_client(trial: Trial) -> Measured:
    return await side(trial, await leaves_at_once(trial, await trial.serve()))


@prediction("time-wait-seconds")
async def test_time_wait_seconds(trial: Trial) -> Measured:
    return await seconds(trial, one_visit)


@prediction("time-wait-seconds", scene="the connection is reset")
async def test_time_wait_seconds_after_a_reset(trial: Trial) -> Measured:
    return await seconds(trial, is_cut_off)


@prediction("time-wait-survives-exit")
async def test_time_wait_survives_exit(trial: Trial) -> Measured:
    return await survives(trial, await one_visit(trial, await trial.serve()))


@prediction("time-wait-survives-exit", scene="the client closes first")
async def test_time_wait_survives_exit_on_the_client(trial: Trial) -> Measured:
    return await survives(trial, await leaves_at_once(trial, await trial.serve()))
