"""What the guide says that a run shows: each claim, held against a run of the programs that it is about."""

from __future__ import annotations

from netlab.checks import Actor, Played, Trial, claim
from netlab.record.calls import Call

PATIENCE = 5.0


async def prompts(actor: Actor, count: int) -> None:
    """Wait until it has asked so many times."""
    assert await actor.until(lambda: actor.program.transcript.text().count("you> ") >= count, PATIENCE)


def told(calls: list[Call]) -> list[str]:
    """What each came back with; `waiting` for the one that has not."""
    return [call.returned.result or call.returned.error if call.returned else "waiting" for call in calls]


@claim("frames-before-typing", programs="starter")
async def test_frames_before_typing(trial: Trial) -> None:
    await trial.serve()
    await prompts(await trial.start("client"), 1)
    frames = await trial.frames()
    assert [set(frame.flags) for frame in frames] == [{"SYN"}, {"SYN", "ACK"}, {"ACK"}]
    assert not any(frame.payload for frame in frames)


@claim("answer-nobody-waits-for", programs="starter")
async def test_answer_nobody_waits_for(trial: Trial) -> None:
    server, client = await trial.serve(), await trial.start("client")
    client.type("hello")
    await client.exits(0)
    await prompts(server, 1)
    server.type("good evening")
    await server.exits(0)
    said = [(frame.sender, frame.payload) for frame in await trial.frames() if frame.payload]
    assert list(dict.fromkeys(said)) == [("client", b"hello"), ("server", b"good evening")]
    assert not client.has_shown("good evening")


@claim("two-sockets")
async def test_two_sockets(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say("hello")
    await server.shows("hello")
    listening, talking = sorted(server.sockets(), key=lambda row: row.remote[1])
    assert (listening.state, talking.state) == ("LISTEN", "ESTABLISHED")
    assert talking.remote == peer.connection.local
    played = await Played.so_far(trial.stage)
    assert {frame.ports for frame in played.frames() if frame.payload} == {(peer.connection.local[1], 7788)}


@claim("door-still-open")
async def test_door_still_open(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say("88")
    await peer.hears_end()
    peer.hang_up()

    def only_the_door() -> bool:
        return [row.state for row in server.sockets() if row.state != "TIME-WAIT"] == ["LISTEN"]

    assert await trial.stage.until(only_the_door, PATIENCE, look_every=0.02)
    await trial.connect(server)


@claim("nobody-can-call", programs="starter")
async def test_nobody_can_call(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say("hello")
    await prompts(server, 1)
    server.type("and bye")
    await server.exits(0)
    try:
        await trial.stage.connect("client", server.running.address)
    except ConnectionRefusedError:
        return
    raise AssertionError("somebody answered")


@claim("six-bytes", scene="chat")
async def test_six_bytes(played: Played) -> None:
    assert len("你好") == 2
    assert bytes.fromhex("e4bda0 e5a5bd") in [frame.payload for frame in played.frames(sender="client")]


@claim("88-gets-no-answer")
async def test_88_gets_no_answer(trial: Trial) -> None:
    peer = await trial.connect(await trial.serve())
    peer.say("88")
    await peer.hears_end()  # and nothing before it


@claim("only-a-whole-88")
async def test_only_a_whole_88(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say("1988")
    await prompts(server, 1)
    server.type("a year")
    await peer.hears("a year")


@claim("fin-is-no-bytes", scene="hang-up")
async def test_fin_is_no_bytes(played: Played) -> None:
    assert played.codes["client"] not in (0, None)  # it was ended, and said nothing more
    assert any("FIN" in frame.flags for frame in played.frames(sender="client"))
    assert "b''" in told(played.calls("server", "recv"))


@claim("rst-is-an-error")
async def test_rst_is_an_error(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say("hello")
    await prompts(server, 1)
    server.type("good evening")
    await peer.hears("good evening")
    peer.reset()
    await server.shows("the client is gone")
    played = await Played.so_far(trial.stage)
    assert any("RST" in frame.flags for frame in played.frames(sender="client"))
    assert told(played.calls("server", "recv"))[-1].startswith("ConnectionResetError")


@claim("empty-sends-nothing", programs="wrong/client-empty-sent")
async def test_empty_sends_nothing(trial: Trial) -> None:
    await trial.serve()
    await prompts(client := await trial.start("client"), 1)
    client.type("")
    played = await _both_wait(trial)
    assert told(played.calls("client", "sendall")) == ["None"]
    assert not any(frame.payload for frame in played.frames())


@claim("both-wait-for-ever", programs="wrong/client-empty-sent")
async def test_both_wait_for_ever(trial: Trial) -> None:
    await trial.serve()
    await prompts(client := await trial.start("client"), 1)
    client.type("")
    played = await _both_wait(trial)
    assert told(played.calls("client", "recv")) == told(played.calls("server", "recv")) == ["waiting"]


async def _both_wait(trial: Trial) -> Played:
    """The run, once both programs are in recv."""

    def waiting() -> bool:
        return all(" recv() " in trial.stage.doing(running) for running in trial.stage.programs)

    assert await trial.stage.until(waiting, PATIENCE, look_every=0.02)
    return await Played.so_far(trial.stage)
