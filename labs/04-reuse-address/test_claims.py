"""What the guide says that a run shows: each claim, held against a run of the programs that it is about."""

from __future__ import annotations

import shutil

from netlab.checks import Actor, Deed, Match, Played, Rule, Trial, claim
from netlab.record.events import StateChanged
from netlab.stage.scene import play

PATIENCE = 5.0
IN_USE = "Address already in use"
LOSE_LAST_ACK = Rule(Deed.DROP, Match(protocol="tcp", sender="server", flags=("ACK",), payload=False, nth=(2,)))
"""The server's first is the one for `hello`."""


def edit(trial: Trial, file: str, old: str, new: str) -> None:
    """What the guide asks the learner to change."""
    path = trial.stage.folder / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def first_fin(played: Played) -> str:
    """Whose FIN was on the wire first."""
    return next(frame.sender for frame in played.frames("tcp") if "FIN" in frame.flags)


def at_rest(played: Played, host: str) -> list[tuple[str, int]]:
    """The clients of the connections that are in TIME-WAIT on a host."""
    return [row.remote for row in played.sockets[host] if row.state == "TIME-WAIT"]


async def visit(trial: Trial, server: Actor) -> None:
    """A client is thanked, and leaves after the server."""
    peer = await trial.connect(server)
    peer.say("hello")
    await peer.hears("Thank you!")
    await peer.hears_end()
    peer.hang_up()

    def rests() -> bool:
        return "TIME-WAIT" in [row.state for row in server.sockets()]

    assert await trial.stage.until(rests, PATIENCE, look_every=0.02)


@claim("address-in-use", scene="restart", programs="starter")
async def test_address_in_use(played: Played) -> None:
    assert IN_USE in [line for line in played.terminals["server-2"] if line.strip()][-1]
    assert played.codes["server"] is not None  # nothing is running


@claim("belongs-to-no-program", scene="restart", programs="starter")
async def test_belongs_to_no_program(played: Played) -> None:
    (row,) = played.sockets["server"]
    assert (row.state, row.inode) == ("TIME-WAIT", 0)


@claim("first-closer-waits", scene="restart", programs="starter")
async def test_first_closer_waits(played: Played) -> None:
    assert first_fin(played) == "server"
    assert (len(at_rest(played, "server")), len(at_rest(played, "client"))) == (1, 0)


@claim("client-closes-first", programs="starter", deadline=30)
async def test_client_closes_first(trial: Trial) -> None:
    edit(trial, "server.py", 'sendall(b"Thank you!")', 'sendall(b"Thank you!")\n    connection.recv(1)')
    edit(trial, "client.py", "data.decode())", "data.decode())\n            break")
    await play(trial.stage, trial.stage.lab.scene("restart"))

    def both_rest() -> bool:
        return [row.state for row in trial.stage.hosts["client"].sockets()] == ["TIME-WAIT"] * 2

    assert await trial.stage.until(both_rest, PATIENCE, look_every=0.02)
    played = await Played.so_far(trial.stage)
    assert first_fin(played) == "client"
    assert at_rest(played, "server") == []
    assert played.shows("server-2", "listening")  # the second start works


@claim("fin-comes-again", deadline=30)
async def test_fin_comes_again(trial: Trial) -> None:
    await trial.rules(LOSE_LAST_ACK)
    await visit(trial, await trial.serve())

    def answered() -> bool:
        trial.stage.recording.refresh()
        return not [row for row in trial.stage.hosts["client"].sockets() if row.state == "LAST-ACK"]

    assert await trial.stage.until(answered, PATIENCE * 2, look_every=0.05)
    played = await Played.so_far(trial.stage)
    fins = [frame for frame in played.frames("tcp", "client") if "FIN" in frame.flags]
    assert len(fins) >= 2
    answers = [frame for frame in played.frames("tcp", "server") if frame.number > fins[-1].number]
    assert answers
    assert all(frame.flags == {"ACK"} for frame in answers)


@claim("sixty-seconds", scene="restart")
async def test_sixty_seconds(played: Played) -> None:
    changes = [event for event in played.record.events if isinstance(event, StateChanged)]
    for row in played.sockets["server"]:
        if row.state == "TIME-WAIT":
            since = next(one.at for one in changes if (one.new, one.remote) == ("TIME-WAIT", row.remote))
            whole = row.timer_ms / 1000 + (played.until - since) / 1e9
            assert 58.5 < whole < 61.5


@claim("another-port-each", scene="restart")
async def test_another_port_each(played: Played) -> None:
    assert len(set(at_rest(played, "server"))) == 2


@claim("starts-again", scene="restart")
async def test_starts_again(played: Played) -> None:
    assert played.shows("server-2", "listening")
    assert played.shows("client-2", "Thank you!")
    assert len(at_rest(played, "server")) == 2  # the old one is still there


@claim("bind-looks-at-it", scene="restart", programs="wrong/after-bind")
async def test_bind_looks_at_it(played: Played) -> None:
    (bound,) = played.calls("server-2", "bind")
    assert bound.returned is not None
    assert IN_USE in bound.returned.error


@claim("earlier-socket-too", programs="starter")
async def test_earlier_socket_too(trial: Trial) -> None:
    server = await trial.serve()
    await visit(trial, server)
    await server.stop()
    shutil.copy(trial.stage.lab.solution_folder / "server.py", trial.stage.folder)
    second = await trial.start("server")
    await second.exits(1)
    assert second.has_shown("in use")


@claim("interrupted-in-accept", scene="restart")
async def test_interrupted_in_accept(played: Played) -> None:
    last = played.calls("server", "accept")[-1]
    assert last.returned is not None
    assert "KeyboardInterrupt" in last.returned.error
    assert played.codes["server"] == 0


@claim("server-first-once-more")
async def test_server_first_once_more(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    await server.shows("connected")
    server.interrupt()
    await server.exits(0)
    await peer.hears_end()
    assert first_fin(await Played.so_far(trial.stage)) == "server"


@claim("really-in-use", scene="two-servers")
async def test_really_in_use(played: Played) -> None:
    assert [row.state for row in played.sockets["server"]] == ["LISTEN"]
    assert played.calls("server-2", "setsockopt")  # it asked for the port all the same
    assert played.shows("server-2", "in use")
    assert (played.codes["server"], played.codes["server-2"]) == (None, 1)


@claim("both-listen", programs="wrong/reuse-port", deadline=30)
async def test_both_listen(trial: Trial) -> None:
    first, second = await trial.serve(), await trial.start("server")
    assert await trial.stage.until(lambda: len(first.sockets()) == 2, PATIENCE, look_every=0.02)
    for _ in range(24):  # all at the same one: once in 8 million runs
        peer = await trial.connect(first)
        peer.say("hello")
        await peer.hears("Thank you!")
    assert first.has_shown("connected")
    assert second.has_shown("connected")
