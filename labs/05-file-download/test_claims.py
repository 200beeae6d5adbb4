"""What the guide says that a run shows: each claim, held against a run of the programs that it is about."""

from __future__ import annotations

from netlab.checks import Actor, Played, Trial, claim
from netlab.record.calls import Call
from netlab.record.events import Fate

PATIENCE = 5.0
ASKED_FOR = 65_536  # what the solution's recv asks for
MIB = 1 << 20


async def serve(trial: Trial) -> Actor:
    """The server, with the folder that the scenes give it."""
    return await trial.serve("server", str(trial.stage.folder / "shared"))


def sizes(calls: list[Call]) -> list[int]:
    """How much each brought."""
    return [call.returned.size for call in calls if call.returned]


def errors(calls: list[Call]) -> list[str]:
    """The exceptions that came out of them."""
    return [call.returned.error.partition(":")[0] for call in calls if call.returned and call.returned.error]


@claim("text-is-not-a-picture", scene="download", programs="starter")
async def test_text_is_not_a_picture(played: Played) -> None:
    assert played.shows("server", "UnicodeDecodeError")


@claim("no-byte-and-a-fin", scene="download", programs="starter")
async def test_no_byte_and_a_fin(played: Played) -> None:
    said = played.frames("tcp", "server")
    assert not any(frame.payload for frame in said)
    assert any("FIN" in frame.flags for frame in said)


@claim("empty-picture", scene="download", programs="starter")
async def test_empty_picture(played: Played) -> None:
    assert played.shows("client", "0 bytes saved")
    assert played.codes["client"] == 0
    assert played.files["downloaded.png"] == b""


@claim("first-eight-bytes", scene="download")
async def test_first_eight_bytes(played: Played) -> None:
    sent = next(frame.payload for frame in played.frames("tcp", "server") if frame.payload)
    assert sent[:8] == bytes.fromhex("89504E470D0A1A0A")


@claim("cr-lf-becomes-lf", programs="wrong/text-newlines")
async def test_cr_lf_becomes_lf(trial: Trial) -> None:
    peer = await trial.connect(await serve(trial))
    peer.say("picture.png")
    assert await trial.stage.until(lambda: len(peer.received) >= 7, PATIENCE)
    assert b"\x0d\x0a" not in peer.received[:8]


@claim("short-piece-is-not-the-last", scene="download")
async def test_short_piece_is_not_the_last(played: Played) -> None:
    brought = sizes(played.calls("client", "recv"))
    assert brought[-1] == 0
    assert sum(brought) == len(played.files["shared/picture.png"])
    assert all(size < ASKED_FOR for size in brought)  # each of them was short, and only the one of nothing was last
    assert len(brought) > 1


@claim("fin-is-no-bytes", scene="download")
async def test_fin_is_no_bytes(played: Played) -> None:
    end = next(frame for frame in played.frames("tcp", "server") if "FIN" in frame.flags)
    last = played.calls("client", "recv")[-1]
    assert last.returned is not None
    assert last.returned.result == "b''"
    assert end.at < last.returned.at


@claim("both-wait", programs="wrong/waits-for-end")
async def test_both_wait(trial: Trial) -> None:
    await serve(trial)
    await trial.start("client", "poem.txt", str(trial.stage.folder / "poem"))

    def waiting() -> bool:
        return all(" recv() " in trial.stage.doing(running) for running in trial.stage.programs)

    assert await trial.stage.until(waiting, PATIENCE, look_every=0.02)
    played = await Played.so_far(trial.stage)
    calls = [played.calls(program)[-1] for program in ("server", "client")]
    assert [call.returned for call in calls] == [None, None]
    latest = max(call.entered.at for call in calls)
    assert not [frame for frame in played.frames() if frame.at > latest and (frame.payload or "FIN" in frame.flags)]


@claim("error-text-is-saved", programs="wrong/not-found-sent")
async def test_error_text_is_saved(trial: Trial) -> None:
    await serve(trial)
    client = await trial.start("client", "no-such-file", str(trial.stage.folder / "saved"))
    await client.exits(0)
    assert b"not found" in (trial.stage.folder / "saved").read_bytes()


@claim("nothing-comes-first", scene="download")
async def test_nothing_comes_first(played: Played) -> None:
    (only,) = played.calls("client-3", "recv")
    assert only.returned is not None
    assert only.returned.result == "b''"
    assert played.shows("client-3", "not found")
    assert played.codes["client-3"] == 1
    assert not [name for name in played.files if name.startswith("downloaded.none")]


@claim("opening-is-writing", programs="wrong/client-opens-first")
async def test_opening_is_writing(trial: Trial) -> None:
    await serve(trial)
    destination = trial.stage.folder / "yesterday"
    destination.write_bytes(b"what was there")
    client = await trial.start("client", "no-such-file", str(destination))
    await client.shows("not found")
    assert not destination.is_file() or destination.read_bytes() == b""


@claim("outside-is-not-given", scene="escape")
async def test_outside_is_not_given(played: Played) -> None:
    assert played.codes["client"] == 1
    assert "downloaded.py" not in played.files


@claim("absolute-path-leads-out", programs="wrong/dotdot-only")
async def test_absolute_path_leads_out(trial: Trial) -> None:
    peer = await trial.connect(await serve(trial))
    peer.say(str(trial.stage.folder / "client.py"))
    await peer.hears_at_length((trial.stage.folder / "client.py").read_bytes())


@claim("dots-stop-one-of-three", programs="wrong/dotdot-only")
async def test_dots_stop_one_of_three(trial: Trial) -> None:
    (trial.stage.folder / "shared" / "link").symlink_to(trial.stage.folder / "client.py")
    server = await serve(trial)
    dots = await trial.connect(server)
    dots.say("../client.py")
    await dots.hears_end()
    for name in ("link", str(trial.stage.folder / "client.py")):
        peer = await trial.connect(server)
        peer.say(name)
        await peer.hears_at_length((trial.stage.folder / "client.py").read_bytes())


@claim("next-one-is-served", deadline=30)
async def test_next_one_is_served(trial: Trial) -> None:
    server = await _left_midway(trial)
    later = await trial.connect(server)
    later.say("poem.txt")
    await later.hears((trial.stage.folder / "shared" / "poem.txt").read_bytes())
    await later.hears_end()


@claim("gone-shows-when-sending", deadline=30)
async def test_gone_shows_when_sending(trial: Trial) -> None:
    await _left_midway(trial)
    played = await Played.so_far(trial.stage)
    (error,) = errors(played.calls("server", "sendall"))
    assert error in ("ConnectionResetError", "BrokenPipeError")


async def _left_midway(trial: Trial) -> Actor:
    """The server, after a client has left in the middle of 8 MiB."""
    (trial.stage.folder / "shared" / "large").write_bytes(bytes(8 * MIB))
    server = await serve(trial)
    peer = await trial.connect(server, buffers=65_536)
    peer.connection.stop_receiving()
    peer.say("large")
    assert await trial.stage.until(
        lambda: " sendall() " in trial.stage.doing(server.running), PATIENCE, look_every=0.02
    )
    peer.reset()
    await server.shows("not given")
    return server


@claim("reset-is-not-the-end", deadline=30)
async def test_reset_is_not_the_end(trial: Trial) -> None:
    destination = trial.stage.folder / "yesterday"
    destination.write_bytes(b"what was there")
    door = await trial.listen()
    client = await trial.start("client", "picture.png", str(destination))
    peer = await door.visitor(client)
    await peer.hears("picture.png")
    peer.say(bytes(1000))
    assert await trial.stage.until(lambda: _received(trial) == 1000, PATIENCE, look_every=0.02)
    peer.reset()
    await client.exits(1)
    played = await Played.so_far(trial.stage)
    assert errors(played.calls("client", "recv")) == ["ConnectionResetError"]
    assert destination.read_bytes() == b"what was there"
    assert not [name for name in played.files if name.endswith(".part")]


def _received(trial: Trial) -> int:
    trial.stage.recording.refresh()
    return sum(sizes(Played(trial.stage).calls("client", "recv")))


@claim("nothing-is-missing", scene="lossy")
async def test_nothing_is_missing(played: Played) -> None:
    assert played.files["downloaded.png"] == played.files["shared/picture.png"]


@claim("every-fifth-frame", scene="lossy")
async def test_every_fifth_frame(played: Played) -> None:
    loaded = [frame for frame in played.frames("tcp") if frame.payload]
    assert [frame.fate is Fate.DROPPED for frame in loaded] == [n % 5 == 0 for n in range(1, len(loaded) + 1)]


@claim("losses-are-mended", scene="lossy")
async def test_losses_are_mended(played: Played) -> None:
    lost = {frame.sequence for frame in played.frames("tcp") if frame.fate is Fate.DROPPED}
    assert lost
    assert lost <= {frame.sequence for frame in played.sent_again()}
    assert errors(played.calls("client")) == errors(played.calls("server")) == []
