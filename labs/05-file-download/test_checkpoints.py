"""What the file server and its client must do. netlab plays the other side; in `end-to-end` they meet on a bad wire."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from netlab.checks import (
    A_MOMENT,
    PATIENCE,
    Actor,
    CheckpointFailed,
    Deed,
    Door,
    Match,
    Peer,
    Rule,
    Trial,
    checkpoint,
    ends_with_traceback,
    escaped,
    shown,
)
from netlab.stage.stage import Stage

MIB = 1 << 20
LARGE = 8 * MIB
NOTES = b"What was said:\nthe bytes, the whole bytes,\nand nothing but the bytes.\n"
EVERY_BYTE = b" \r\n\n\r\r\n\0\xff\xfe" + bytes(range(256)) + bytes(reversed(range(256))) + b"\x1a\r\n\0\n \0\r\n\n"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\r\r\n\xff\xd8" + bytes(range(0, 256, 3)) + b"\r\n\0"
SECRET = b"Nobody outside of this machine may ever read this.\n"
LONG_NAME = "春夏秋冬" * 20 + "-longest.txt"
OLD = b"What was downloaded here yesterday.\n" * 20

LOSSY = Rule(Deed.DROP, Match(protocol="tcp", payload=True, every=50), name="every 50th frame with payload")

Files = dict[str, bytes]
Asks = tuple[str, Callable[[Peer], None]]
"""What a client does, in words and in deed."""


def lines_of_text(size: int) -> bytes:
    """So many bytes of lines, no two of them the same; nothing in them that reading them as text would change."""
    return random.Random(5).randbytes(size).hex("\n", 32).encode()[:size]


# What there is to give, and where it is saved.


@dataclass(frozen=True)
class Shelf:
    """FOLDER with files in it, and what lies beside it."""

    base: Path

    @property
    def folder(self) -> Path:
        return self.base / "shared"

    @property
    def outside(self) -> Path:
        return self.base / "outside.txt"

    @property
    def beside(self) -> Path:
        """A file in a folder whose name begins with FOLDER's."""
        return self.base / "shared-private" / "secret.txt"

    def put(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


@pytest.fixture
def shelf(tmp_folder: Path) -> Shelf:
    made = Shelf(tmp_folder)
    (made.folder / "pictures").mkdir(parents=True)
    made.beside.parent.mkdir()
    made.put("notes.txt", NOTES)
    made.put("pictures/cat.txt", b"a cat\n")
    (tmp_folder / "elsewhere").mkdir()
    (tmp_folder / "elsewhere" / "secret.txt").write_bytes(SECRET)
    made.outside.write_bytes(SECRET)
    made.beside.write_bytes(SECRET)
    (made.folder / "way-out.txt").symlink_to("../outside.txt")
    (made.folder / "borrowed.txt").symlink_to(made.beside)
    (made.folder / "way-in").symlink_to("../elsewhere")
    return made


@pytest.fixture
def tmp_folder(stage: Stage) -> Path:
    folder = stage.recording.scratch / "folders"
    folder.mkdir()
    return folder.resolve()


@dataclass(frozen=True)
class Desk:
    """Where the learner's client saves (a folder of its own), and where it runs: stray files may lie in either."""

    folder: Path
    learners: Path

    @property
    def destination(self) -> Path:
        return self.folder / "download.txt"

    def files(self) -> Files:
        """All that is in DESTINATION's folder."""
        return {str(path.relative_to(self.folder)): _content(path) for path in self.folder.rglob("*")}

    def strays(self) -> Files:
        """All that is in the learner's folder itself."""
        return {path.name: _content(path) for path in self.learners.iterdir() if path.name != "__pycache__"}


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


@pytest.fixture
def desk(trial: Trial, tmp_folder: Path) -> Desk:
    """A desk of this checkpoint's own, the learner's folder included: clients of checkpoints that run side by side may
    all keep what has come so far in a file of the same name there."""
    made = Desk(tmp_folder / "desk", tmp_folder / "learners")
    made.folder.mkdir()
    made.learners.mkdir()
    for entry in trial.stage.folder.iterdir():
        _lay_out(entry, made.learners / entry.name)
    trial.stage.folder = made.learners
    return made


def _lay_out(entry: Path, place: Path) -> None:
    """A copy of a file; a link to what is no file, or too large to be a part of a program."""
    if entry.is_file() and entry.stat().st_size <= MIB:
        shutil.copy2(entry, place)
    else:
        place.symlink_to(entry)


# Content, compared.


def told(expected: bytes, got: bytes) -> str:
    """In what the two differ, in words."""
    if len(expected) <= 2000 and len(got) <= 2000:
        return shown(got)
    same = _same(expected, got)
    if same == len(got):
        return f"the first {same} of its {len(expected)} bytes, and no more"
    if same == len(expected):
        return f"all of its {len(expected)} bytes, and then {len(got) - same} more"
    return f"{len(got)} bytes; after the first {same} they are {shown(got[same : same + 40])}"


def described(content: bytes) -> str:
    """In full where it is short, else by size and SHA-256."""
    return shown(content) if len(content) <= 2000 else f"{len(content)} bytes, SHA-256 {sha256(content).hexdigest()}"


@contextmanager
def after(occasion: str) -> Iterator[None]:
    """What fails in here, fails after that."""
    try:
        yield
    except CheckpointFailed as failure:
        expected = f"after {occasion}: {failure.expected}"
        raise CheckpointFailed(expected, failure.got, failure.where, failure.evidence) from None


def _same(one: bytes, other: bytes) -> int:
    """How many bytes they begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


# The server: what netlab's clients do.


def asks_for(name: str | bytes) -> Asks:
    shown_name = shown(name) if len(name) <= 400 else f"a name of {len(name)} bytes"
    return shown_name, lambda peer: peer.say(name)


FINISHES: Asks = ("an empty name (it finished sending at once)", lambda peer: peer.connection.finish())


async def serves(trial: Trial, shelf: Shelf, *, fresh_port: bool = False) -> Actor:
    return await trial.serve("server", str(shelf.folder), port=trial.another_port() if fresh_port else None)


async def all_that_comes(peer: Peer) -> bytes:
    """What a program sends until it closes, or pauses for too long, or ends."""
    while not peer.ended and await more_comes(peer):
        pass
    if peer.actor.program.ended is not None:  # its last words may still be on the wire
        await peer.stage.until(lambda: peer.ended, A_MOMENT)
    return peer.received


async def more_comes(peer: Peer) -> bool:
    """More bytes, or the end."""
    size = len(peer.connection.received)
    return await peer.actor.until(lambda: peer.ended or len(peer.connection.received) > size)


async def is_given(trial: Trial, server: Actor, name: str, content: bytes) -> None:
    """A client asks for a file, and gets it: that, all of it, nothing else, and the end."""
    peer = await trial.connect(server)
    peer.say(name)
    came = await all_that_comes(peer)
    expected = f"{server.file} sends {described(content)} for {shown(name)}"
    if came != content:
        await server.may_end()
        server.fail(expected, f"it sent {told(content, came)}{_how_it_stands(peer)}")
    peer.expected += content
    await peer.hears_end()
    peer.hang_up()  # a server may wait for that before it serves the next


def _how_it_stands(peer: Peer) -> str:
    if peer.connection.end == "reset":
        return ", then the connection was reset"
    return ", then closed the connection" if peer.ended else f", and nothing more within {PATIENCE:.0f} s"


async def gives_nothing(trial: Trial, shelf: Shelf, requests: dict[str, Asks]) -> None:
    """To each of these requests the server sends nothing and closes, and does not die of it.

    One server answers them all, as long as it goes on serving; whether it does is judged by `goes-on`. Where it does
    not, the next request is for a server that has just started.
    """
    server = await serves(trial, shelf)
    for why, request in requests.items():
        await refuses(trial, server, request, why)
        if not await still_serves(trial, server):
            await died_of_nothing(server, request, why)
            server = await serves(trial, shelf, fresh_port=True)


async def refuses(trial: Trial, server: Actor, request: Asks, why: str) -> None:
    """Nothing comes, and the connection is closed."""
    said, ask = request
    peer = await trial.connect(server)
    ask(peer)
    came = await all_that_comes(peer)
    expected = f"{server.file} sends nothing for {said} ({why}), and closes"
    if came:
        server.fail(expected, f"it sent {told(b'', came)}")
    if peer.connection.end != "finished" and request is not FINISHES:
        server.fail(expected, f"it sent nothing{_how_it_stands(peer)}")
    peer.hang_up()


async def still_serves(trial: Trial, server: Actor) -> bool:
    """Whether a client that asks for the notes gets something, soon."""
    try:
        peer = await trial.connect(server)
    except CheckpointFailed:
        return False
    peer.say("notes.txt")
    await has_ended(peer)
    peer.hang_up()
    return peer.ended and bool(peer.received)


async def died_of_nothing(server: Actor, request: Asks, why: str) -> None:
    """Sending nothing by dying of an exception is no answer."""
    await server.may_end()
    if server.program.ended is not None and ends_with_traceback(server.program.transcript.lines()):
        server.fail(f"{server.file} sends nothing for {request[0]} ({why}), and closes", "it ended with a traceback")


# The server: its checkpoints.


@checkpoint("gives-file", port=7811)
async def test_gives_file(trial: Trial, shelf: Shelf) -> None:
    server = await serves(trial, shelf)
    await is_given(trial, server, "notes.txt", NOTES)


@checkpoint("binary", deadline=30)
async def test_binary(trial: Trial, shelf: Shelf, desk: Desk) -> None:
    shelf.put("every-byte.bin", EVERY_BYTE)
    await is_given(trial, await serves(trial, shelf, fresh_port=True), "every-byte.bin", EVERY_BYTE)
    await saves(trial, desk, await trial.listen(), "every-byte.bin", EVERY_BYTE)


@checkpoint("large", deadline=30)
async def test_large(trial: Trial, shelf: Shelf) -> None:
    odd, large = lines_of_text(100_001), lines_of_text(LARGE)
    shelf.put("odd.txt", odd)
    shelf.put("large.txt", large)
    await is_given(trial, await serves(trial, shelf), "odd.txt", odd)
    await is_given(trial, await serves(trial, shelf, fresh_port=True), "large.txt", large)


@checkpoint("names", deadline=30)
async def test_names(trial: Trial, shelf: Shelf, desk: Desk) -> None:
    server = None
    for name in ("what we  said.txt", "会议记录 三月.txt", LONG_NAME, "Read Me"):
        content = f"{name}:\n".encode() + NOTES
        shelf.put(name, content)
        if server is None or not await still_serves(trial, server):
            server = await serves(trial, shelf, fresh_port=True)
        await is_given(trial, server, name, content)
    await asks_exactly(trial, desk, await trial.listen(), "会议记录 三月.txt")


@checkpoint("missing", deadline=40)
async def test_missing(trial: Trial, shelf: Shelf) -> None:
    await gives_nothing(trial, shelf, MISSING)


MISSING: dict[str, Asks] = {
    "there is no such file": asks_for("no-such-file.txt"),
    "no file has a name with a NUL in it": asks_for(b"notes.txt\0"),
    "that is not UTF-8": asks_for(b"notes\xff.txt"),
    "the longest name there may be, and no such file": asks_for("x" * 996 + ".txt"),
    "no file has no name": FINISHES,
}


@checkpoint("folder", deadline=40)
async def test_folder(trial: Trial, shelf: Shelf) -> None:
    await gives_nothing(trial, shelf, FOLDERS)


FOLDERS: dict[str, Asks] = {
    "that is a folder in FOLDER": asks_for("pictures"),
    "that is FOLDER itself": asks_for("."),
}


@checkpoint("escape", deadline=60)
async def test_escape(trial: Trial, shelf: Shelf) -> None:
    await gives_nothing(trial, shelf, escapes(shelf))


def escapes(shelf: Shelf) -> dict[str, Asks]:
    return {
        "that leads out of FOLDER by ..": asks_for("../outside.txt"),
        "that leads out of FOLDER by .., further back in the name": asks_for("pictures/../../outside.txt"),
        "an absolute path out of FOLDER": asks_for(str(shelf.outside)),
        "a link in FOLDER to a file that is not": asks_for("way-out.txt"),
        "a link in FOLDER to a folder that is not": asks_for("way-in/secret.txt"),
        "that is in another folder, whose name only begins with FOLDER's": asks_for("../shared-private/secret.txt"),
        "an absolute path to a folder whose name only begins with FOLDER's": asks_for(str(shelf.beside)),
        "a link in FOLDER to a folder whose name only begins with FOLDER's": asks_for("borrowed.txt"),
    }


@checkpoint("goes-on", deadline=60)
async def test_goes_on(trial: Trial, shelf: Shelf) -> None:
    shelf.put("large.txt", bytes(LARGE))
    server = await serves(trial, shelf)
    await is_given(trial, server, "notes.txt", NOTES)
    before = "a client that was given its file"
    for said, ask in (*MISSING.values(), *FOLDERS.values(), *escapes(shelf).values()):
        with after(before):
            peer = await trial.connect(server)
        ask(peer)
        await has_ended(peer)
        peer.hang_up()
        before = f"a client that asked for {said}"
        with after(before):
            await is_given(trial, server, "notes.txt", NOTES)
    for said, leave in LEAVING.items():
        peer = await trial.connect(server)
        await leave(peer)
        with after(f"a client that {said}"):
            await is_given(trial, server, "notes.txt", NOTES)


async def has_ended(peer: Peer) -> None:
    """The connection is over, or it is not, for which nobody is judged here."""
    await peer.actor.until(lambda: peer.ended, A_MOMENT)


async def leaves_silently(peer: Peer) -> None:
    peer.hang_up()


async def resets_silently(peer: Peer) -> None:
    peer.reset()


async def resets_midway(peer: Peer) -> None:
    await stops_midway(peer)
    peer.reset()


async def finishes_and_resets_midway(peer: Peer) -> None:
    await stops_midway(peer)
    peer.connection.finish()  # after a FIN the kernel calls the reset a broken pipe
    peer.reset()


async def hangs_up_midway(peer: Peer) -> None:
    await stops_midway(peer)
    peer.hang_up()


async def stops_midway(peer: Peer) -> None:
    """Ask for 8 MiB and take no more than their beginning."""
    peer.say("large.txt")
    await peer.actor.until(lambda: bool(peer.connection.received) or peer.ended, A_MOMENT)
    if not peer.ended:
        peer.connection.stop_receiving()


LEAVING = {
    "connected and left without a word": leaves_silently,
    "connected and reset its connection without a word": resets_silently,
    "reset its connection midway": resets_midway,
    "finished sending, and then reset its connection midway": finishes_and_resets_midway,
    "hung up midway": hangs_up_midway,
}


# The client.


async def asks(trial: Trial, desk: Desk, door: Door, name: str) -> tuple[Actor, Peer]:
    """The learner's client has called netlab's server and asked for the file, in whatever bytes."""
    client = await trial.start("client", name, str(desk.destination), port=door.port)
    peer = await door.visitor(client)
    await peer.hears_at_least(name)
    return client, peer


async def asks_exactly(trial: Trial, desk: Desk, door: Door, name: str) -> None:
    """The learner's client asks for a file in the right bytes and no others; what becomes of it is judged elsewhere."""
    client = await trial.start("client", name, str(desk.destination), port=door.port)
    peer = await door.visitor(client)
    await peer.hears(name)
    peer.connection.send(NOTES)
    peer.connection.finish()
    await client.until(lambda: False, A_MOMENT)
    await peer.judges_all()


async def saves(trial: Trial, desk: Desk, door: Door, name: str, content: bytes) -> None:
    """The learner's client asks for a file in the right bytes and no others, gets it, and saves it."""
    client = await trial.start("client", name, str(desk.destination), port=door.port)
    peer = await door.visitor(client)
    await peer.hears(name)
    peer.connection.send(content)
    peer.connection.finish()
    await has_saved(desk, client, content)
    await peer.judges_all()


async def has_saved(desk: Desk, client: Actor, content: bytes) -> None:
    """It ends well, and the content is in DESTINATION."""
    await client.exits(0)
    expected = f"DESTINATION holds {described(content)}"
    if not desk.destination.is_file():
        client.fail(expected, "there is no such file")
    saved = desk.destination.read_bytes()
    if saved != content:
        client.fail(expected, f"it holds {told(content, saved)}")


@checkpoint("client-saves", port=7812, deadline=30)
async def test_client_saves(trial: Trial, desk: Desk) -> None:
    door = await trial.listen()
    await saves(trial, desk, door, "notes.txt", PICTURE)
    desk.destination.write_bytes(OLD)
    await saves(trial, desk, door, "picture.png", PICTURE)


PIECES = (1, 2, 700, 1, 1448, 40, 4096, 1000, 8192, 3, 1024, 1)
"""Sizes of what is sent at a time: less, more and just as much as one recv is often asked for."""
A_PAUSE = 0.02
A_LONG_PAUSE = 2.2
"""Seconds in which nothing comes, and nothing is over."""


@checkpoint("client-large", deadline=30)
async def test_client_large(trial: Trial, desk: Desk) -> None:
    content = lines_of_text(sum(PIECES) + 300_000)
    client, peer = await asks(trial, desk, await trial.listen(), "large.txt")
    sent = 0
    for size in PIECES:
        peer.connection.send(content[sent : sent + size])
        sent += size
        await passes(client, A_PAUSE)
    await passes(client, A_LONG_PAUSE)
    peer.connection.send(content[sent:-1])
    await taken(trial, peer)
    await passes(client, A_PAUSE)
    peer.connection.send(content[-1:])
    await passes(client, A_PAUSE)
    peer.connection.finish()
    await has_saved(desk, client, content)


async def passes(client: Actor, seconds: float) -> None:
    """Time passes, unless the client ends."""
    await client.until(lambda: False, seconds)


async def taken(trial: Trial, peer: Peer) -> None:
    """All that was sent so far has come to the learner's program, unless that takes too long."""
    ends = {peer.connection.local, peer.connection.remote}

    def on_its_way() -> bool:
        rows = [row for name in ("client", "server") for row in trial.stage.hosts[name].sockets()]
        queues = [row.receive_queue or row.send_queue for row in rows if {row.local, row.remote} == ends]
        return bool(peer.connection.unsent) or any(queues)

    program = peer.actor.program
    await trial.stage.until(lambda: program.ended is not None or not on_its_way(), PATIENCE, look_every=0.01)


@checkpoint("client-missing", deadline=40)
async def test_client_missing(trial: Trial, desk: Desk) -> None:
    door = await trial.listen()
    await finds_nothing(trial, desk, door)
    desk.destination.write_bytes(OLD)
    await finds_nothing(trial, desk, door)


async def finds_nothing(trial: Trial, desk: Desk, door: Door) -> None:
    files, strays = desk.files(), desk.strays()
    client, peer = await asks(trial, desk, door, "no-such-file.txt")
    peer.connection.finish()
    with after("the server closed without having sent a byte"):
        await client.exits(1)
        await client.shows("not found", word=True)
        nothing_changed(desk, client, files, strays)


@checkpoint("client-broken", deadline=40)
async def test_client_broken(trial: Trial, desk: Desk) -> None:
    door = await trial.listen()
    await is_cut_off(trial, desk, door)
    desk.destination.write_bytes(OLD)
    await is_cut_off(trial, desk, door)


async def is_cut_off(trial: Trial, desk: Desk, door: Door) -> None:
    files, strays = desk.files(), desk.strays()
    client, peer = await asks(trial, desk, door, "large.txt")
    peer.connection.send(lines_of_text(150_000))
    await taken(trial, peer)
    peer.reset()
    with after("the connection was reset in the middle of the file"):
        await client.exits(1)
        nothing_changed(desk, client, files, strays)


def nothing_changed(desk: Desk, client: Actor, files: Files, strays: Files) -> None:
    """DESTINATION is as it was, and there is no further file beside it or in the learner's folder."""
    now = desk.files()
    name = desk.destination.name
    if now.get(name) != files.get(name):
        client.fail(f"DESTINATION is as it was before: {_standing(files, name)}", _standing(now, name))
    further = sorted(now.keys() - files.keys())
    if further:
        client.fail("no other file stays beside DESTINATION", f"{', '.join(map(_quoted, further))} is there")
    left = sorted(found for found, content in desk.strays().items() if strays.get(found) != content)
    if left:
        client.fail(f"{client.file} leaves no file in your folder", f"{', '.join(map(_quoted, left))} is there")


def _standing(files: Files, name: str) -> str:
    if name not in files:
        return "there is no such file"
    return f"it holds {described(files[name])}" if files[name] else "it is there, and empty"


def _quoted(name: str) -> str:
    return f'"{"".join(map(escaped, name))}"'


# Both.


@checkpoint("end-to-end", deadline=100)
async def test_end_to_end(trial: Trial, shelf: Shelf, desk: Desk) -> None:
    content = lines_of_text(LARGE)
    shelf.put("large.txt", content)
    await trial.rules(LOSSY)
    await serves(trial, shelf)
    client = await trial.start("client", "large.txt", str(desk.destination))
    await is_at_it(trial, client)
    await has_saved(desk, client, content)


async def is_at_it(trial: Trial, client: Actor) -> None:
    """It ends, or it has taken nothing in and nothing has passed on the wire for too long. Slow is not wrong."""
    before: tuple[int, int] | None = None
    while client.program.ended is None and before != (now := await progress(trial)):
        before = now
        await client.until(lambda: False, PATIENCE)


async def progress(trial: Trial) -> tuple[int, int]:
    """How much has passed on the wire, and how much of it waits to be received by the client."""
    wire = trial.stage.network.wire
    assert wire is not None
    queued = sum(row.receive_queue for row in trial.stage.hosts["client"].sockets())
    return await wire.flush(), queued
