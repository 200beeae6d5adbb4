"""The solutions talk with programs that nobody here has written: nc, ncat and socat, as clients and as servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from netlab.stage.stage import Stage
from tests.labs.conftest import Opening, RealPeer, ends, folder_of, listens, served, shows

pytestmark = pytest.mark.network

HOST, PORT = "10.0.0.2", "7788"
LONG = bytes(range(256)) * 200
CLIENTS = {
    "nc": ("nc", "-N", HOST, PORT),
    "ncat": ("ncat", HOST, PORT),
    "socat": ("socat", "-t", "9", "-", f"TCP:{HOST}:{PORT}"),
}
LETTER_WRITERS = {
    "nc": ("nc", "-u", HOST, PORT),
    "ncat": ("ncat", "-u", HOST, PORT),
    "socat": ("socat", "-", f"UDP:{HOST}:{PORT}"),
}
LISTENERS = {
    "nc": ("nc", "-N", "-l", HOST, PORT),
    "ncat": ("ncat", "-l", HOST, PORT),
    "socat": ("socat", "-t", "9", "-", f"TCP-LISTEN:{PORT},bind={HOST}"),
}
ECHOES = {
    "ncat": ("ncat", "-l", HOST, PORT, "--exec", "/bin/cat"),
    "socat": ("socat", f"TCP-LISTEN:{PORT},bind={HOST}", "EXEC:cat"),
}
LETTER_ECHOES = {
    "ncat": ("ncat", "-u", "-l", HOST, PORT, "--exec", "/bin/cat"),
    "socat": ("socat", f"UDP-RECVFROM:{PORT},bind={HOST}", "EXEC:cat"),
}

Call = Callable[..., RealPeer]


@pytest.fixture
def call() -> Iterator[Call]:
    """Starts a real peer on a host of a stage; they all end with the test."""
    peers: list[RealPeer] = []

    def start(stage: Stage, host: str, argv: tuple[str, ...]) -> RealPeer:
        peers.append(RealPeer(stage, stage.hosts[host], *argv))
        return peers[-1]

    yield start
    for peer in peers:
        peer.end()


@pytest.mark.parametrize("tool", CLIENTS)
async def test_calls_come_back(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("tcp-vs-udp") as stage:
        await served(stage, "tcp-server")
        assert await call(stage, "client", CLIENTS[tool]).says_all(LONG) == LONG
        assert await call(stage, "client", CLIENTS[tool]).says_all(b"and the next") == b"and the next"


@pytest.mark.parametrize("tool", LETTER_WRITERS)
async def test_letters_come_back(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("tcp-vs-udp") as stage:
        await served(stage, "udp-server")
        writer = call(stage, "client", LETTER_WRITERS[tool])
        await writer.says("你好".encode())
        assert await writer.hears(6) == "你好".encode()


@pytest.mark.parametrize("tool", ECHOES)
async def test_a_call_is_answered(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("tcp-vs-udp") as stage:
        call(stage, "server", ECHOES[tool])
        await listens(stage, "server", int(PORT))
        client = await stage.start("tcp-client", "hello, 你好")
        await ends(stage, client, 0)
        assert client.program.transcript.shows("hello, 你好")


@pytest.mark.parametrize("tool", LISTENERS)
async def test_a_call_is_answered_by_hand(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("tcp-vs-udp") as stage:
        peer = call(stage, "server", LISTENERS[tool])
        await listens(stage, "server", int(PORT))
        client = await stage.start("tcp-client", "hello")
        assert await peer.hears(5) == b"hello"
        await peer.says(b"HEL")
        await peer.says(b"LO")
        await ends(stage, client, 0)
        assert client.program.transcript.shows("HELLO")


@pytest.mark.parametrize("tool", LETTER_ECHOES)
async def test_a_letter_is_answered(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("tcp-vs-udp") as stage:
        call(stage, "server", LETTER_ECHOES[tool])
        await listens(stage, "server", int(PORT))
        client = await stage.start("udp-client", "hello, 你好")
        await ends(stage, client, 0)
        assert client.program.transcript.shows("hello, 你好")


@pytest.mark.parametrize("tool", CLIENTS)
async def test_a_chat_with_the_server(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("chat-server") as stage:
        server = await served(stage, "server")
        for _ in range(2):
            peer = call(stage, "client", CLIENTS[tool])
            await peer.says("在吗".encode())
            await shows(stage, server, "在吗")
            server.program.type(b"good evening\n")
            assert await peer.hears(12) == b"good evening"
            assert await peer.says_all(b"88") == b""


@pytest.mark.parametrize("tool", LISTENERS)
async def test_a_chat_with_the_client(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("chat-server") as stage:
        peer = call(stage, "server", LISTENERS[tool])
        await listens(stage, "server", int(PORT))
        client = await stage.start("client")
        client.program.type("在吗\n".encode())
        assert await peer.hears(6) == "在吗".encode()
        await peer.says(b"good evening")
        await shows(stage, client, "good evening")
        client.program.type(b"88\n")
        await ends(stage, client, 0)
        assert await peer.says_all(b"") == b"88"


@pytest.mark.parametrize("tool", CLIENTS)
async def test_everyone_at_once(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("multi-client") as stage:
        await served(stage, "server")
        peers = [call(stage, host, CLIENTS[tool]) for host in ("client", "client-2", "client-3")]
        for number in (2, 0, 1):
            await peers[number].says(b"number %d" % number)
            assert await peers[number].hears(8) == b"number %d" % number
        assert [await peer.says_all(LONG) for peer in peers] == [LONG] * 3


@pytest.mark.parametrize("tool", CLIENTS)
async def test_everybody_is_thanked(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("reuse-address") as stage:
        server = await served(stage, "server")
        assert await call(stage, "client", CLIENTS[tool]).says_all(b"hello") == b"Thank you!"
        server.program.interrupt()
        await ends(stage, server, 0)
        await served(stage, "server")
        assert await call(stage, "client", CLIENTS[tool]).says_all(b"again") == b"Thank you!"


@pytest.mark.parametrize("tool", CLIENTS)
async def test_a_file_is_given(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("file-download") as stage:
        await served(stage, "server", str(folder_of(stage)))
        picture = (folder_of(stage) / "picture.png").read_bytes()
        assert await call(stage, "client", CLIENTS[tool]).says_all(b"picture.png") == picture
        assert await call(stage, "client", CLIENTS[tool]).says_all(b"../server.py") == b""


@pytest.mark.parametrize("tool", LISTENERS)
async def test_a_file_is_saved(on_stage: Opening, call: Call, tool: str) -> None:
    async with on_stage("file-download") as stage:
        peer = call(stage, "server", LISTENERS[tool])
        await listens(stage, "server", int(PORT))
        client = await stage.start("client", "any name", str(stage.folder / "saved"))
        assert await peer.hears(8) == b"any name"
        assert await peer.says_all(LONG) == b""
        await ends(stage, client, 0)
        assert (stage.folder / "saved").read_bytes() == LONG
