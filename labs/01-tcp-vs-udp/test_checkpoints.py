"""What two echo servers and two clients must do. netlab plays the other side of each; predictions let them meet.

Each checkpoint judges its own matter: elsewhere a server that sends back other bytes only has to send as many, and a
client only has to print what it got.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence

from netlab.checks import (
    A_MOMENT,
    PATIENCE,
    Actor,
    CheckpointFailed,
    Deed,
    Door,
    Mailbox,
    Match,
    Measured,
    Peer,
    Rule,
    Sighting,
    Trial,
    checkpoint,
    compared,
    prediction,
    shown,
)

EVERY_BYTE = b" \r\n every byte there is: " + bytes(range(256)) + b" \r\n"
WORDS = (b"88", b"quit", b"\n", b"\0", b"\x04", b".", "你好".encode(), EVERY_BYTE)
"""Messages that mean nothing to an echo server."""
SILENCE = 1.1
"""Seconds that a client says nothing: it has not finished for that."""
LONG = "".join(f"{n}号，" for n in range(30_000)).encode()[:200_000]
"""Bytes that tell where they stand, and make no text where they are cut in the wrong place."""
assert len(LONG) == 200_000
HALF = 100_000
"""Bytes that no server can send to a client which does not read: the buffers between them hold less."""
UNREAD = 600_000
"""Bytes that a client sends before it reads any: more than the buffers between it and the server hold."""
HALF_CLOSED = 100_000
"""Bytes that the server can take in whole, with the FIN behind them, but cannot send to a client that does not read."""
SMALL_BUFFERS, SMALL_SEGMENTS = 8192, 1460
"""So that a client that does not read makes the server wait, on the loopback too."""

QUESTION = "good morning, 你好"
ANSWER = "good evening, 再见"
assert len(QUESTION.encode()) == len(ANSWER.encode())
LONG_QUESTION, LONG_ANSWER = (
    f"{what}{''.join(f'{n}号的{what}，' for n in range(6000))}"[:39_999] + "。" for what in ("问题", "答案")
)
assert len(LONG_QUESTION) == 40_000
GAP = 0.08
"""Seconds between two pieces of a reply."""

PROMPT = 0.35
"""Seconds after which a reply still has to be printed."""
LATE = 2.0
"""Seconds after which a reply must not be printed any more."""
TOO_LATE = 1.75
"""Seconds within which a client says that there is no reply: it waits for one at most."""
NO_HURRY = 8.0
"""Seconds to wait for a client's end where it is not judged how long that takes."""
LETTER, REPLY = (f"{what} of some length, 内有汉字: {'lorem ipsum ' * 79}.." for what in ("a question", "the answer"))
assert 980 <= len(LETTER.encode()) == len(REPLY.encode()) <= 1000
THREE = (b"the first", b"", b"the third, \0 and \xff")

LOSE_FIRST_BYTES = Rule(Deed.DROP, Match(protocol="tcp", sender="client", payload=True, nth=(1,)), name="first bytes")
LOSE_LETTER = Rule(Deed.DROP, Match(protocol="udp", sender="client", nth=(1,)), name="the letter")
LOSE_FIRST_SYN = Rule(Deed.DROP, Match(protocol="tcp", flags=("SYN",), nth=(1,)), name="the first SYN")


def uneven(data: bytes, largest: int, seed: int = 1) -> Iterator[bytes]:
    """The bytes in pieces of one byte and more."""
    sizes = random.Random(seed)
    at = 0
    while at < len(data):
        size = sizes.choice((1, 2, 3, 7, 100, 1460, largest))
        yield data[at : at + size]
        at += size


# The TCP server.


@checkpoint("tcp-echo", port=7811, deadline=30)
async def test_tcp_echo(trial: Trial) -> None:
    server = await trial.serve("tcp-server")
    peer = await trial.connect(server)
    for word in WORDS:
        peer.say(word)
        await peer.hears(word)
    await trial.stage.until(lambda: peer.ended, SILENCE)
    peer.circumstances = f"after a silence of {SILENCE} s"
    peer.say("still here")
    await peer.hears("still here")
    peer.circumstances = "when the client had finished sending"
    peer.connection.finish()
    await peer.hears_end()


@checkpoint("tcp-long", deadline=110)
async def test_tcp_long(trial: Trial) -> None:
    server = await trial.serve("tcp-server")
    peer = await trial.connect(server, buffers=SMALL_BUFFERS, largest_segment=SMALL_SEGMENTS)
    await says_in_pieces(peer, LONG[:HALF])
    await peer.until(lambda: len(peer.received) >= HALF, A_MOMENT)  # it may answer only at the end: judged elsewhere
    peer.connection.stop_receiving()
    await says_in_pieces(peer, LONG[HALF:])
    peer.connection.finish()
    await takes_no_more(peer)
    peer.connection.go_on_receiving()
    peer.circumstances = f"of {len(LONG)} bytes"
    await peer.hears_at_length(LONG)
    await peer.judges_all()


async def says_in_pieces(peer: Peer, data: bytes) -> None:
    for piece in uneven(data, 20_000):
        if not peer.ended:
            peer.say(piece)
            await asyncio.sleep(0)


async def takes_no_more(peer: Peer, state: str = "") -> None:
    """Wait until the server is stuck in sending, or has taken all; a moment at most. Nothing is judged by it."""
    looks: list[object] = []

    def at_rest() -> bool:
        row = peer.in_kernel()
        looks.append(row and (row.state, row.receive_queue, row.send_queue, peer.connection.unsent))
        as_told = not state or (row is not None and row.state == state)
        return as_told and len(looks) > 3 and len(set(looks[-3:])) == 1

    await peer.stage.until(at_rest, A_MOMENT, look_every=0.02)


async def is_served(trial: Trial, server: Actor, text: str, circumstances: str = "") -> Peer:
    """A further client gets as many bytes back as it sent; which, is judged elsewhere."""
    peer = await trial.connect(server)
    await is_answered(peer, text, circumstances)
    return peer


async def is_answered(peer: Peer, text: str, circumstances: str = "") -> None:
    peer.circumstances = circumstances
    peer.say(text)
    enough = len(peer.received) + len(text)
    if not await peer.until(lambda: len(peer.received) >= enough, A_MOMENT):
        peer.connection.finish()  # it may answer only then, which is judged elsewhere
    await peer.hears_at_least(text)


@checkpoint("tcp-next-client", deadline=40)
async def test_tcp_next_client(trial: Trial) -> None:
    server = await trial.serve("tcp-server")
    first = await is_served(trial, server, "I am the first")
    first.connection.finish()
    second = await is_served(trial, server, "I am the second", "after a client that has finished sending")
    waiting = await trial.connect(server)  # a caller who has to wait is not turned away
    second.hang_up()
    await is_answered(waiting, "I am the third", "to a client that came while another was there")
    waiting.hang_up()
    silent = await trial.connect(server)
    silent.hang_up()
    for name in ("fourth", "fifth", "sixth"):
        peer = await is_served(trial, server, f"I am the {name}", "after a client that left without a word")
        peer.hang_up()


@checkpoint("tcp-reset", deadline=60)
async def test_tcp_reset(trial: Trial) -> None:
    server = await trial.serve("tcp-server")
    for way, leave in RESETS.items():
        await leave(trial, server)
        peer = await is_served(trial, server, "I am the next", f"after {way} reset its connection")
        peer.hang_up()


async def silent_one_resets(trial: Trial, server: Actor) -> None:
    peer = await trial.connect(server)
    peer.reset()
    await peer.is_missed()


async def answered_one_resets(trial: Trial, server: Actor) -> None:
    peer = await trial.connect(server)
    peer.say("I shall be cut off")
    await peer.seems_to_hear("I shall be cut off")
    peer.reset()
    await peer.is_missed()


async def waiting_one_resets(trial: Trial, server: Actor) -> None:
    talker = await trial.connect(server)
    talker.say("only a word")
    await talker.seems_to_hear("only a word")
    waiting = await trial.connect(server)
    waiting.reset()
    await waiting.is_missed()
    talker.hang_up()


async def one_that_does_not_read_resets(trial: Trial, server: Actor) -> None:
    peer = await trial.connect(server, buffers=SMALL_BUFFERS, largest_segment=SMALL_SEGMENTS)
    peer.connection.stop_receiving()
    peer.say(b"unread " * (UNREAD // 7))
    await takes_no_more(peer)
    peer.reset()
    await peer.is_missed()


async def finished_one_that_does_not_read_resets(trial: Trial, server: Actor) -> None:
    peer = await trial.connect(server, buffers=SMALL_BUFFERS, largest_segment=SMALL_SEGMENTS)
    peer.connection.stop_receiving()
    peer.say(b"unread " * (HALF_CLOSED // 7))
    peer.connection.finish()
    await takes_no_more(peer, "CLOSE-WAIT")
    peer.reset()
    await peer.is_missed()


RESETS = {
    "a silent client": silent_one_resets,
    "a client that had its answer": answered_one_resets,
    "a client that was still waiting for its turn": waiting_one_resets,
    "a client that did not read its answer": one_that_does_not_read_resets,
    "a client that had finished sending": finished_one_that_does_not_read_resets,
}


# The TCP client.


async def talker(trial: Trial, door: Door, client: Actor) -> Peer:
    """The client's connection on which it says something; how many there are is judged elsewhere."""
    first = await door.visitor(client)
    connections = door.listener.connections
    await client.until(lambda: any(one.received for one in connections))
    talking = next((one for one in connections if one.received), None)
    return Peer(trial.stage, talking, client) if talking else first


async def meets_tcp_client(trial: Trial, question: str) -> tuple[Actor, Peer]:
    """netlab's server has as many bytes as the question is long."""
    door = await trial.listen()
    client = await trial.start("tcp-client", question)
    peer = await talker(trial, door, client)
    await peer.hears_at_least(question)
    return client, peer


def as_long_as(received: bytes, answer: str) -> str:
    """An answer of as many bytes as the server has received: where those are too many, that is judged elsewhere."""
    return answer + "." * (len(received) - len(answer.encode()))


@checkpoint("tcp-client", port=7812, deadline=30)
async def test_tcp_client(trial: Trial) -> None:
    door = await trial.listen()
    client = await trial.start("tcp-client", QUESTION)
    peer = await talker(trial, door, client)
    await peer.hears(QUESTION)
    peer.say(ANSWER)
    await client.until(lambda: False)  # it ends, or it is waiting for what will not come
    if client.program.ended is not None:
        await peer.until(lambda: peer.ended)
    if peer.received != peer.expected:
        peer.fail()
    await client.exits(0)
    await client.shows(ANSWER)


@checkpoint("tcp-client-long", deadline=110)
async def test_tcp_client_long(trial: Trial) -> None:
    door = await trial.listen()
    client = await trial.start("tcp-client", LONG_QUESTION)
    peer = await talker(trial, door, client)
    await peer.hears(LONG_QUESTION)
    await answers_in_pieces(peer, as_long_as(peer.received, LONG_ANSWER))
    if not await comes_to_print(client, peer, LONG_ANSWER):
        line = nearest_line(client, LONG_ANSWER)
        comparison = compared(LONG_ANSWER, line)
        client.fail(f"{client.file} prints, in one line, {comparison.expected}", comparison.got)


async def comes_to_print(client: Actor, peer: Peer, answer: str) -> bool:
    """Whether it does so, in its own time: for as long as it goes on receiving or printing."""
    transcript = client.program.transcript

    def has_printed() -> bool:
        return transcript.total >= len(answer.encode()) and client.has_shown(answer)

    def progress() -> tuple[int, int]:
        row = peer.in_kernel()
        return transcript.total, row.receive_queue if row else 0

    async def moves_on() -> bool:
        before = progress()

        def moved() -> bool:
            return client.program.ended is not None or progress() != before

        return await client.stage.until(moved, PATIENCE, look_every=0.1)

    while not has_printed() and client.program.ended is None and await moves_on():
        pass
    return has_printed()


async def answers_in_pieces(peer: Peer, answer: str) -> None:
    """In pieces of all sizes; where they end, there may be half a character before."""
    data = answer.encode()
    cuts = (1, 2, 1001, 5000, 5002, 40_000, 70_001)
    for start, end in zip((0, *cuts), (*cuts, len(data)), strict=True):
        peer.say(data[start:end])
        await asyncio.sleep(GAP)


def nearest_line(client: Actor, wanted: str) -> str:
    """The line on its terminal that has most of the text's beginning."""
    lines = client.program.transcript.lines()
    return max(lines, key=lambda line: (common_beginning(line[max(line.find(wanted[:2]), 0) :], wanted), len(line)))


def common_beginning(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@checkpoint("tcp-refused")
async def test_tcp_refused(trial: Trial) -> None:
    client = await trial.start("tcp-client", "is anybody there?")
    await client.exits(1)
    await client.shows("refused", word=True)


# The UDP server.


@checkpoint("udp-echo", port=7813)
async def test_udp_echo(trial: Trial) -> None:
    server = await trial.serve("udp-server")
    box = await trial.mailbox()
    for letter in (b"a word", EVERY_BYTE, LETTER.encode(), b"88"):
        box.say(server, letter)
        await box.hears(server, letter)
    came_from = {sender for _, sender in box.datagrams.received}
    if came_from != {server.running.address}:
        other = ", ".join(f"{host}:{port}" for host, port in sorted(came_from - {server.running.address}))
        server.fail(f"{server.file} answers from where it was written to", f"its datagrams came from {other}")


@checkpoint("udp-boundaries")
async def test_udp_boundaries(trial: Trial) -> None:
    server = await trial.serve("udp-server")
    box = await trial.mailbox()
    with server.held_up():  # so that all three are there when it looks
        box.say(server, *THREE)
        await have_come(trial, server)
    await box.hears(server, *THREE)
    box.say(server, b"and the last")  # when this is back, nothing else is on its way
    await box.hears(server, b"and the last")


async def have_come(trial: Trial, server: Actor) -> None:
    """Wait until what was sent is in the server's receive queue; a moment at most. Nothing is judged by it."""
    looks: list[int] = []

    def all_there() -> bool:
        looks.append(sum(row.receive_queue for row in server.sockets() if row.protocol == "udp"))
        return looks[-1] > 0 and looks[-3:] == looks[-1:] * 3

    await trial.stage.sync()
    await trial.stage.until(all_there, A_MOMENT, look_every=0.01)


@checkpoint("udp-two-senders")
async def test_udp_two_senders(trial: Trial) -> None:
    server = await trial.serve("udp-server")
    first = await trial.mailbox()
    second = await trial.mailbox()
    same_port = first.address[1] if trial.stage.network.kind == "private" else 0
    third = await trial.mailbox("server", same_port)  # on another host
    boxes = (first, second, third)
    for word in ("a word", "more words"):
        for n, box in enumerate(boxes, 1):
            await is_sent_back(server, box, f"{word} from sender {n}")
    for n, box in enumerate(boxes, 1):
        box.say(server, f"all at once, sender {n}".encode())
    for n, box in enumerate(boxes, 1):
        await box.hears_at_least(server, f"all at once, sender {n}".encode())
    for box in boxes:
        gets_own_only(server, box, boxes)


async def is_sent_back(server: Actor, box: Mailbox, text: str) -> None:
    box.circumstances = "with three senders"
    box.say(server, text.encode())
    await box.hears_at_least(server, text.encode())


def gets_own_only(server: Actor, box: Mailbox, boxes: Sequence[Mailbox]) -> None:
    """As many datagrams as it sent: what another one sent would be one too many here, and one too few there."""
    if len(box.received) != 3:
        at = f"{box.address[0]}:{box.address[1]}"
        server.fail(f"three datagrams to {at}, which sent three", f"{', '.join(map(shown, box.received))} came there")


# The UDP client.


async def meets_udp_client(trial: Trial, question: str, port: int | None = None) -> tuple[Actor, Mailbox]:
    """netlab's mailbox is there, and the client on its way."""
    port = port or trial.stage.port
    box = await trial.mailbox("server", port)
    return await trial.start("udp-client", question, port=port), box


@checkpoint("udp-client", port=7814, deadline=30)
async def test_udp_client(trial: Trial) -> None:
    patient, late = await meets_udp_client(trial, "will there be an answer?", trial.another_port())
    client, box = await meets_udp_client(trial, LETTER)
    box.answers(REPLY.encode(), after=PROMPT)
    await late.gets_mail(patient)
    came_at = await time_of_letter(trial, patient)

    await client.until(lambda: False)
    await box.hears(client, LETTER.encode())
    await client.shows(REPLY)
    await client.exits(0)
    await gives_up_in_time(patient, late, came_at)


async def time_of_letter(trial: Trial, client: Actor) -> float:
    """When the client's datagram was on the wire; where there is no wire, now. Seconds of CLOCK_MONOTONIC."""
    sent = await datagrams_from(trial, client)
    return sent[0].at / 1e9 if sent else time.monotonic()


async def gives_up_in_time(client: Actor, box: Mailbox, came_at: float) -> None:
    """It says so before a reply would be too late; whether it says it in the right words is judged elsewhere."""
    expected = f"{client.file} waits at most 1 s for a reply"
    if await client.until(lambda: client.has_shown("no reply", word=True), came_at + LATE - time.monotonic()):
        waited = said_at(client, "no reply") - came_at
        if waited > TOO_LATE:
            client.fail(expected, f"it waited for {waited:.1f} s")
    elif client.program.ended is None:
        box.reply(b"this comes too late")
        await client.until(lambda: client.has_shown("too late"), A_MOMENT)
        printed = client.has_shown("too late")
        client.fail(expected, "it printed a reply that came after 2 s" if printed else "after 2 s it was still waiting")


def said_at(client: Actor, words: str) -> float:
    """When its terminal showed these words, in either case. Seconds of CLOCK_MONOTONIC."""
    seen = b""
    for piece in client.program.transcript.pieces():
        seen += piece.data
        if words in seen.decode(errors="replace").casefold():
            return piece.at / 1e9
    return time.monotonic()


@checkpoint("udp-nobody", deadline=20)
async def test_udp_nobody(trial: Trial) -> None:
    client = await trial.start("udp-client", "is anybody there?")
    await says_no_reply(client)


async def says_no_reply(client: Actor, seconds: float = NO_HURRY) -> None:
    await client.exits(1, seconds)
    await client.shows("no reply", word=True)


# On the wire.


@checkpoint("udp-loss", deadline=20)
async def test_udp_loss(trial: Trial) -> None:
    await trial.rules(LOSE_LETTER)
    client, box = await meets_udp_client(trial, "this one is lost")
    box.answers(b"this one was not")
    await client.until(lambda: False, NO_HURRY)
    sent = await datagrams_from(trial, client)
    if len(sent) != 1:
        client.fail(f"one datagram from {client.file} on the wire", counted(sent) or "there was none")
    await says_no_reply(client, A_MOMENT)


async def datagrams_from(trial: Trial, client: Actor) -> list[Sighting]:
    seen = await trial.frames(client.running.address[1])
    return [one for one in seen if one.protocol == "udp" and one.sender == client.running.host.name]


def counted(frames: Sequence[Sighting]) -> str:
    """How many there were, and which."""
    return f"{len(frames)}: {', '.join(map(str, frames))}" if frames else ""


@checkpoint("tcp-loss", deadline=30)
async def test_tcp_loss(trial: Trial) -> None:
    await trial.rules(LOSE_FIRST_BYTES)
    client, peer = await meets_tcp_client(trial, QUESTION)
    peer.say(as_long_as(peer.received, ANSWER))
    await client.until(lambda: client.has_shown(ANSWER))
    await is_one_connection(trial, client)
    if peer.received.count(QUESTION.encode()) > 1:
        peer.connection.finish()
        peer.expected[:] = QUESTION.encode()
        peer.fail("TCP had sent the lost bytes again: who sent them a second time?")
    await client.shows(ANSWER)
    await are_sent_again(trial, client)


async def is_one_connection(trial: Trial, client: Actor) -> None:
    """From the frames: every SYN of the client's has the same source port."""
    seen = await trial.frames(client.running.address[1])
    opening = [one for one in seen if one.flags == {"SYN"} and one.sender == client.running.host.name]
    if len({one.source for one in opening}) != 1:
        client.fail(f"{client.file} opens one connection", counted(opening) or "there was no SYN")


async def are_sent_again(trial: Trial, client: Actor) -> None:
    """The bytes of the segment that was lost come in a later one, too."""
    seen = await trial.frames(client.running.address[1])
    sent = [one for one in seen if one.payload and one.protocol == "tcp" and one.sender == client.running.host.name]
    lost, later = sent[0], sent[1:]
    if not any((lost.sequence - one.sequence) % 2**32 < len(one.payload) for one in later):
        client.fail(f"the bytes of {lost} on the wire again", counted(later) or "no segment with data came after it")


@checkpoint("handshake-first", deadline=20)
async def test_handshake_first(trial: Trial) -> None:
    client, peer = await meets_tcp_client(trial, QUESTION)
    peer.say(as_long_as(peer.received, ANSWER))
    await client.until(lambda: False)
    await is_one_connection(trial, client)
    before = await before_first_byte(trial, client)
    steps = [set(one.flags) for one in before]
    if steps not in ([{"SYN"}, {"SYN", "ACK"}, {"ACK"}], [{"SYN"}, {"SYN", "ACK"}]):  # the ACK may be on the first byte
        client.fail("SYN, SYN+ACK and ACK before the first byte over TCP", counted(before) or "nothing")

    client, box = await meets_udp_client(trial, QUESTION)
    box.answers(ANSWER.encode())
    await client.until(lambda: False, NO_HURRY)
    if before := await before_first_byte(trial, client, apart_from=peer.connection.remote):
        client.fail("nothing before the first byte over UDP", counted(before))
    sent = await datagrams_from(trial, client)
    if len(sent) != 1:
        client.fail(f"one datagram from {client.file} in all", counted(sent))


async def before_first_byte(trial: Trial, client: Actor, apart_from: tuple[str, int] | None = None) -> list[Sighting]:
    """The frames between the two programs' ports before the first one that carries a byte.

    Those of an earlier TCP connection, known by the client's address, are left out.
    """
    return (await up_to_first_byte(trial, client, apart_from))[:-1]


async def up_to_first_byte(trial: Trial, client: Actor, apart_from: tuple[str, int] | None = None) -> list[Sighting]:
    """The same, and that one."""
    frames = await trial.frames(client.running.address[1])
    seen = [one for one in frames if one.protocol == "udp" or apart_from not in (one.source, one.destination)]
    first = next((n for n, one in enumerate(seen) if one.payload), None)
    if first is None:
        client.fail(f"a byte from {client.file} on the wire", counted(seen) or "no frame came")
    return seen[: first + 1]


# Predictions: the learner's client meets the learner's server.

ONE_SEND = 4000
"""Bytes that the client sends at once: more than one frame can carry."""


async def both_run(trial: Trial, protocol: str, message: str) -> Actor:
    """The server of that protocol is up, and the client has run to its end, or for as long as it gets."""
    await trial.serve(f"{protocol}-server")
    client = await trial.start(f"{protocol}-client", message)
    await client.until(lambda: False, PATIENCE)
    return client


@prediction("tcp-frames-before-data")
async def test_tcp_frames_before_data(trial: Trial) -> Measured:
    client = await both_run(trial, "tcp", "hello")
    return await frames_before_data(trial, client)


@prediction("tcp-frames-before-data", scene="the first SYN is lost")
async def test_tcp_frames_before_data_with_a_lost_syn(trial: Trial) -> Measured:
    await trial.rules(LOSE_FIRST_SYN)
    client = await both_run(trial, "tcp", "hello")
    return await frames_before_data(trial, client)


@prediction("udp-frames-before-data")
async def test_udp_frames_before_data(trial: Trial) -> Measured:
    client = await both_run(trial, "udp", "hello")
    return await frames_before_data(trial, client)


@prediction("udp-frames-before-data", scene="an empty datagram goes first")
async def test_udp_frames_before_data_behind_an_empty_one(trial: Trial) -> Measured:
    server = await trial.serve("udp-server")
    box = await trial.mailbox()
    box.say(server, b"")
    await box.hears_at_least(server, b"")
    box.say(server, b"hello")
    await box.hears_at_least(server, b"hello")
    return await frames_before_data(trial, server)


async def frames_before_data(trial: Trial, program: Actor) -> Measured:
    """How many there are; they and the first one with data prove it."""
    seen = await up_to_first_byte(trial, program)
    return Measured(len(seen) - 1, seen)


@prediction("lost-datagram")
async def test_lost_datagram(trial: Trial) -> Measured:
    await trial.rules(LOSE_LETTER)
    server = await serves_letters(trial)
    client = await trial.start("udp-client", "this one is lost")
    await client.until(lambda: False, PATIENCE)
    lost = await lost_letter(trial, server)
    if has_noticed(server, lost):
        return Measured("the server", [lost])
    return Measured("the client" if client.has_shown("no reply", word=True) else "nobody", [lost])


@prediction("lost-datagram", scene="a sender who does not wait for an answer")
async def test_lost_datagram_of_a_sender_who_does_not_wait(trial: Trial) -> Measured:
    await trial.rules(LOSE_LETTER)
    server = await serves_letters(trial)
    box = await trial.mailbox()
    box.say(server, b"this one is lost")
    lost = await lost_letter(trial, server)
    return Measured("the server" if has_noticed(server, lost) else "nobody", [lost])


async def serves_letters(trial: Trial) -> Actor:
    """The server is up, and has said so if it says anything."""
    server = await trial.serve("udp-server")
    await server.until(lambda: server.program.transcript.total > 0, A_MOMENT)
    return server


async def lost_letter(trial: Trial, server: Actor) -> Sighting:
    """The first datagram of the client host's."""
    lost = next((one for one in await trial.frames(server.running.address[1]) if one.sender == "client"), None)
    if lost is None:
        raise CheckpointFailed("a datagram that can be lost", "none was sent")
    return lost


def has_noticed(server: Actor, lost: Sighting) -> bool:
    """Whether the server has printed anything, or ended, after the datagram was lost."""
    pieces = server.program.transcript.pieces()
    return server.program.ended is not None or any(piece.at > lost.at for piece in pieces)


@prediction("tcp-boundaries")
async def test_tcp_boundaries(trial: Trial) -> Measured:
    return await travels_in_one_piece(trial, ONE_SEND)


@prediction("tcp-boundaries", scene="a message of 40 bytes")
async def test_tcp_boundaries_of_a_short_message(trial: Trial) -> Measured:
    return await travels_in_one_piece(trial, 40)


async def travels_in_one_piece(trial: Trial, size: int) -> Measured:
    """Whether the client's message crosses the wire in one segment."""
    client = await both_run(trial, "tcp", "0123456789" * (size // 10))
    seen = await trial.frames(client.running.address[1])
    pieces = [one for one in seen if one.sender == client.running.host.name and one.payload]
    carried = sum(len(one.payload) for one in pieces)
    if carried < size:
        raise CheckpointFailed(f"{size} bytes from {client.file}", f"{carried} bytes on the wire")
    return Measured("yes" if len(pieces) == 1 else "no", pieces)
