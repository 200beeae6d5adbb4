"""What the guide says that a run shows: each claim, held against a run of the programs that it is about."""

from __future__ import annotations

from netlab.checks import Deed, Match, Played, Rule, Trial, claim
from netlab.frames.decoding import decode
from netlab.record.events import Fate

HELLO = "hello, 你好".encode()
CALL = "call-and-letter"
SECOND = 1_000_000_000  # ns
LOSE_FIRST_BYTES = Rule(Deed.DROP, Match(protocol="tcp", sender="client", payload=True, nth=(1,)))


@claim("both-get-it-back", scene=CALL, programs="starter")
async def test_both_get_it_back(played: Played) -> None:
    assert len(played.terminals) == 4
    assert played.shows("tcp-client", HELLO.decode())
    assert played.shows("udp-client", HELLO.decode())


@claim("three-frames-first", scene=CALL, programs="starter")
async def test_three_frames_first(played: Played) -> None:
    first = played.frames("tcp")[:4]
    assert [set(frame.flags) for frame in first[:3]] == [{"SYN"}, {"SYN", "ACK"}, {"ACK"}]
    assert [frame.payload for frame in first] == [b"", b"", b"", HELLO]


@claim("letter-comes-first", scene=CALL, programs="starter")
async def test_letter_comes_first(played: Played) -> None:
    assert played.frames("udp")[0].payload == HELLO


@claim("listening-and-bound", scene=CALL, programs="starter")
async def test_listening_and_bound(played: Played) -> None:
    assert played.shows("tcp-server", "listening")
    assert played.shows("udp-server", "bound")
    assert [call.entered.function for call in played.calls("udp-server")][:2] == ["bind", "recvfrom"]


@claim("server-hangs-up", programs="starter")
async def test_server_hangs_up(trial: Trial) -> None:
    peer = await trial.connect(await trial.serve("tcp-server"))
    peer.say(b"one thing")
    await peer.hears(b"one thing")
    await peer.hears_end()  # and it was not done yet


@claim("cut-line-raises")
async def test_cut_line_raises(trial: Trial) -> None:
    server = await trial.serve("tcp-server")
    peer = await trial.connect(server)
    peer.say(b"one thing")
    await peer.hears(b"one thing")
    peer.reset()
    await server.shows("the client is gone")
    errors = [call.returned.error for call in (await Played.so_far(trial.stage)).calls("tcp-server") if call.returned]
    assert any(error.startswith("Connection") for error in errors)
    later = await trial.connect(server)
    later.say(b"another")
    await later.hears(b"another")


@claim("more-than-one-frame", scene="long")
async def test_more_than_one_frame(played: Played) -> None:
    assert len({frame.sequence for frame in played.frames("tcp", "client") if frame.payload}) > 1


@claim("middle-of-a-character", scene="long")
async def test_middle_of_a_character(played: Played) -> None:
    first = next(frame.payload for frame in played.frames("tcp", "client") if frame.payload)
    assert first.decode(errors="ignore").encode() != first


@claim("all-bytes-in-order", scene="long")
async def test_all_bytes_in_order(played: Played) -> None:
    pieces = {frame.sequence: frame.payload for frame in played.frames("tcp", "client") if frame.payload}
    assert played.shows("tcp-client", b"".join(pieces[number] for number in sorted(pieces)).decode())


@claim("two-characters-six-bytes", scene=CALL)
async def test_two_characters_six_bytes(played: Played) -> None:
    assert len("你好") == 2
    assert played.frames("udp")[0].payload == b"hello, " + bytes.fromhex("e4bda0 e5a5bd")


@claim("three-letters")
async def test_three_letters(trial: Trial) -> None:
    server = await trial.serve("udp-server")
    mailbox = await trial.mailbox()
    mailbox.say(server, b"one", b"", b"three")
    assert await trial.stage.until(lambda: sorted(mailbox.received) == [b"", b"one", b"three"], 5)


@claim("cut-off-and-gone", programs="starter")
async def test_cut_off_and_gone(trial: Trial) -> None:
    server = await trial.serve("udp-server")
    mailbox = await trial.mailbox()
    mailbox.say(server, b"a letter of more than sixteen bytes")
    assert await trial.stage.until(lambda: bool(mailbox.received), 5)
    await server.exits(0)
    assert mailbox.received == [b"a letter of more"]


@claim("refused-by-rst", scene="nobody")
async def test_refused_by_rst(played: Played) -> None:
    call, answer = played.frames("tcp")
    assert (call.flags, answer.flags) == ({"SYN"}, {"RST", "ACK"})
    assert played.shows("tcp-client", "refused")


@claim("letter-goes-out", scene="nobody")
async def test_letter_goes_out(played: Played) -> None:
    (letter,) = played.frames("udp")
    assert (letter.sender, letter.fate) == ("client", Fate.DELIVERED)
    notes = [frame for frame in played.record.frames if decode(frame.data).icmp]
    assert [note.sender for note in notes] == ["server"]
    assert "udp-server" not in played.terminals


@claim("sent-again", scene="lost")
async def test_sent_again(played: Played) -> None:
    lost, again, *_ = [frame for frame in played.frames("tcp", "client") if frame.payload]
    assert (lost.fate, again.fate, lost.payload) == (Fate.DROPPED, Fate.DELIVERED, again.payload)
    assert SECOND // 6 < again.at - lost.at < SECOND * 2
    assert again in played.sent_again()


@claim("sendall-knows-nothing", scene="lost")
async def test_sendall_knows_nothing(played: Played) -> None:
    (sent,) = played.calls("tcp-client", "sendall")
    again = played.sent_again()[0]
    assert sent.returned is not None
    assert sent.returned.at < again.at


@claim("letter-stops", scene="lost")
async def test_letter_stops(played: Played) -> None:
    (letter,) = played.frames("udp")
    assert letter.fate is Fate.DROPPED
    (waiting,) = played.calls("udp-server", "recvfrom")
    assert waiting.returned is None


@claim("nothing-within-the-second", scene="lost")
async def test_nothing_within_the_second(played: Played) -> None:
    (waited,) = played.calls("udp-client", "recv")
    assert waited.took > SECOND * 9 // 10
    assert played.shows("udp-client", "no reply")


@claim("held-back")
async def test_held_back(trial: Trial) -> None:
    await trial.rules(LOSE_FIRST_BYTES)
    peer = await trial.connect(await trial.serve("tcp-server"))
    peer.say(b"what was lost, ")
    peer.say(b"what came after")
    await peer.hears(b"what was lost, what came after")
    played = await Played.so_far(trial.stage)
    first = played.calls("tcp-server", "recv")[0]
    again = next(frame for frame in played.sent_again() if frame.payload.startswith(b"what was lost"))
    after = next(frame for frame in played.frames("tcp", "client") if frame.payload == b"what came after")
    assert first.returned is not None
    assert after.at < again.at <= first.returned.at
