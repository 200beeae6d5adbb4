"""What the guide says that a run shows: each claim, held against a run of the programs that it is about."""

from __future__ import annotations

from netlab.checks import Actor, Played, Trial, claim
from netlab.frames.decoding import decode

PATIENCE = 5.0
ONE_AFTER_ANOTHER = "serve(connection, address)  # GAP 1"
A_THREAD_EACH = "threading.Thread(target=serve, args=(connection, address), daemon=True).start()  # GAP 1"


def fill_gap_1(trial: Trial) -> None:
    """The starter as the guide has made it by then: a thread for each client, and nothing else."""
    file = trial.stage.folder / "server.py"
    text = (
        file.read_text("utf-8").replace(ONE_AFTER_ANOTHER, A_THREAD_EACH).replace("import sys", "import sys, threading")
    )
    assert A_THREAD_EACH in text
    file.write_text(text, "utf-8")


def states(server: Actor) -> list[str]:
    """Of the TCP sockets on its host, sorted."""
    return sorted(row.state for row in server.sockets())


@claim("first-gets-its-echo", scene="everyone", programs="starter")
async def test_first_gets_its_echo(played: Played) -> None:
    assert played.shows("client", "echo> I was here first")
    assert not played.shows("client-2", "echo>")
    assert not played.shows("client-3", "echo>")


@claim("kernel-did-that", scene="everyone", programs="starter")
async def test_kernel_did_that(played: Played) -> None:
    connected = [row for row in played.sockets["server"] if row.state == "ESTABLISHED"]
    assert {row.remote[0] for row in connected} == {"10.0.0.1", "10.0.0.3", "10.0.0.4"}
    (second,) = [row for row in connected if row.remote[0] == "10.0.0.3"]
    assert second.receive_queue == len("and I came second")  # it has arrived, and nobody has read it
    (waiting,) = [row for row in played.sockets["client-2"] if row.remote[1] == 7788]
    assert waiting.send_queue == 0  # acknowledged
    assert len(played.calls("server", "accept")) == 1


@claim("waiting-in-recv", scene="everyone", programs="starter")
async def test_waiting_in_recv(played: Played) -> None:
    last = played.calls("server")[-1]
    assert (last.entered.function, last.returned) == ("recv", None)
    assert last.entered.remote is not None
    assert last.entered.remote[0] == "10.0.0.1"


@claim("one-after-another", programs="starter")
async def test_one_after_another(trial: Trial) -> None:
    server = await trial.serve()
    first = await trial.start("client")
    first.type("one")
    await first.shows("echo> one")
    second = await trial.start("client-2")
    await second.shows("connected as")
    second.type("two")

    def waits_unread() -> bool:
        return any(row.remote[0] == "10.0.0.3" and row.receive_queue == 3 for row in server.sockets())

    assert await trial.stage.until(waits_unread, PATIENCE, look_every=0.02)
    first.type("88")
    await second.shows("echo> two")


@claim("in-the-backlog", scene="everyone", programs="starter")
async def test_in_the_backlog(played: Played) -> None:
    (listening,) = [row for row in played.sockets["server"] if row.state == "LISTEN"]
    assert listening.receive_queue == 2


@claim("called-right-here", programs="wrong/calls-the-target")
async def test_called_right_here(trial: Trial) -> None:
    server = await trial.serve()
    first, second = await trial.connect(server), await trial.connect(server, "client-2")
    first.say("one")
    await first.hears("one")
    second.say("two")
    played = await Played.so_far(trial.stage)
    assert len(played.calls("server", "accept")) == 1
    first.hang_up()
    await second.hears("two")


@claim("four-lines", scene="everyone")
async def test_four_lines(played: Played) -> None:
    rows = [row for row in played.sockets["server"] if row.local[1] == 7788]
    assert sorted(row.state for row in rows) == ["ESTABLISHED"] * 3 + ["LISTEN"]


@claim("told-apart-by-the-other-end", scene="everyone")
async def test_told_apart_by_the_other_end(played: Played) -> None:
    connected = [row for row in played.sockets["server"] if row.state == "ESTABLISHED"]
    assert len({row.local for row in connected}) == 1
    assert len({row.remote for row in connected}) == 3
    assert len({row.inode for row in connected}) == 3  # a socket for each


@claim("close-wait", programs="starter")
async def test_close_wait(trial: Trial) -> None:
    fill_gap_1(trial)
    server, client = await trial.serve(), await trial.start("client")
    await client.shows("connected as")
    client.type("88")
    await client.exits(0)
    await server.shows("finished")
    assert states(server) == ["CLOSE-WAIT", "LISTEN"]
    played = await Played.so_far(trial.stage)
    assert any("FIN" in frame.flags for frame in played.frames(sender="client"))
    assert [call.returned.result for call in played.calls("server", "recv") if call.returned] == ["b''"]


@claim("latest-line-stays", programs="starter")
async def test_latest_line_stays(trial: Trial) -> None:
    fill_gap_1(trial)
    server = await trial.serve()
    for text in ("one", "two", "three"):
        peer = await trial.connect(server)
        peer.say(text)
        await peer.hears(text)
        peer.hang_up()
        await peer.is_missed()
    assert await trial.stage.until(lambda: states(server).count("CLOSE-WAIT") == 1, PATIENCE, look_every=0.02)


@claim("third-notices-nothing", scene="leaving")
async def test_third_notices_nothing(played: Played) -> None:
    assert played.codes["client"] == 0
    assert played.codes["client-2"] not in (0, None)
    assert played.shows("client-3", "echo> is anybody left?")


@claim("reset-ends-one-thread", programs="starter")
async def test_reset_ends_one_thread(trial: Trial) -> None:
    fill_gap_1(trial)
    server = await trial.serve()
    first, second = await trial.connect(server), await trial.connect(server, "client-2")
    first.say("one")
    await first.hears("one")
    first.reset()
    await server.shows("ConnectionResetError")
    assert server.has_shown("Traceback")
    second.say("two")
    await second.hears("two")


@claim("reset-ends-everybody", programs="starter")
async def test_reset_ends_everybody(trial: Trial) -> None:
    server = await trial.serve()
    first = await trial.connect(server)
    first.say("one")
    await first.hears("one")
    first.reset()
    assert await trial.stage.until(lambda: server.program.ended is not None, PATIENCE)
    assert server.program.ended == 1


@claim("finished-still-reads")
async def test_finished_still_reads(trial: Trial) -> None:
    peer = await trial.connect(await trial.serve())
    peer.say(b"x" * 300_000)
    peer.connection.finish()
    await peer.hears_at_length(b"x" * 300_000)
    await peer.hears_end()


@claim("back-pressure", deadline=40)
async def test_back_pressure(trial: Trial) -> None:
    server = await trial.serve()
    deaf, other = await trial.connect(server, buffers=8192), await trial.connect(server, "client-2")
    deaf.connection.stop_receiving()
    deaf.say(bytes(8 << 20))

    def stalls() -> bool:
        return "sendall()" in trial.stage.doing(server.running)

    assert await trial.stage.until(stalls, PATIENCE * 2, look_every=0.05)
    other.say("and I?")
    await other.hears("and I?")
    assert deaf.connection.unsent > 0  # its own sending stalls, too
    await trial.stage.sync()
    said = [decode(one.data).tcp for one in trial.stage.recording.record.frames if one.sender == "client"]
    assert any(segment is not None and segment.window == 0 for segment in said)
