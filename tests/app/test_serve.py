"""`netlab serve`: who is let in, and that a workbench lives exactly as long as its browser tab."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from netlab.app.serving.guard import is_ours
from netlab.app.serving.server import Address, serve
from netlab.processes.exits import process_ended
from netlab.session.settings import Settings
from tests.app.browser import PATIENCE, Screen, chromium

NETLAB = [sys.executable, "-P", "-m", "netlab"]
ELSEWHERE = "http://evil.example"
PAGE = Path(__file__).parent.parent.parent / "netlab" / "app" / "serving" / "page"

pytestmark = pytest.mark.usefixtures("learner")


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
    """Somebody with an empty home who has had the tour, outside of namespaces as far as netlab knows."""
    for name in [name for name in os.environ if name.startswith("NETLAB_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(work))
    monkeypatch.setenv("NETLAB_DATA", str(work / "data"))
    Settings(work / "data").put("tour", True)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))


class Served:
    """A server in this process, and what it printed."""

    def __init__(self, urls: list[str]) -> None:
        self.urls = urls

    @property
    def base(self) -> str:
        return self.urls[0].partition("/?")[0]


@contextlib.asynccontextmanager
async def serving(*argv: str, command: Sequence[str] = NETLAB) -> AsyncIterator[Served]:
    """The server, listening, on a free port; it starts `netlab ARGV`, or another command, for each tab."""
    urls: list[str] = []
    opened = asyncio.Event()

    def announce(url: str) -> None:
        urls.append(url)
        opened.set()

    running = asyncio.create_task(serve(Address("127.0.0.1", 0), [*command, *argv], announce))
    try:
        await asyncio.wait_for(opened.wait(), PATIENCE)
        yield Served(urls)
    finally:
        running.cancel()
        await asyncio.wait([running])


def browser() -> aiohttp.ClientSession:
    """As a browser is: it keeps cookies, also those of addresses."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


class Tab:
    """A websocket as the page opens it, and what its terminal would show."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self.websocket = websocket
        self._screen = Screen()

    async def types(self, keys: str) -> None:
        await self.websocket.send_json(["stdin", keys])

    async def shows(self, wanted: str) -> None:
        """Reads on until the workbench has drawn it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while wanted not in str(self._screen):
                    self._screen.feed((await self.websocket.receive_bytes()).decode())
        except TimeoutError:
            pytest.fail(f"{wanted} did not come. On the screen:\n{self._screen}")


@contextlib.asynccontextmanager
async def workbench(client: aiohttp.ClientSession, base: str) -> AsyncIterator[Tab]:
    """A tab, once something is drawn in it."""
    async with client.ws_connect(f"{base}/ws?width=120&height=40", origin=base) as websocket:
        tab = Tab(websocket)
        await tab.shows("Chat server")
        await websocket.send_json(["focus"])
        yield tab


def descendants(pid: int) -> set[int]:
    """All processes below this one."""
    with contextlib.suppress(OSError):
        children = {int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)}
        return children.union(*map(descendants, children))
    return set()


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


async def have_ended(pids: set[int]) -> None:
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*map(process_ended, pids))


async def status(asked: Awaitable[Any]) -> int:
    """The status of the answer, whose text nobody wants."""
    answer = await asked
    answer.release()
    code: int = answer.status
    return code


Command = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def command(work: Path) -> Iterator[Command]:
    """`netlab serve ARGUMENTS`, on a free port unless told otherwise."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        argv = [*NETLAB, "serve", *(arguments or ("--port", "0"))]
        pipe = subprocess.PIPE
        process = subprocess.Popen(argv, env=os.environ | variables, stdout=pipe, stderr=pipe, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


async def first_url(served: subprocess.Popen[str]) -> str:
    assert served.stdout is not None
    line = await asyncio.wait_for(asyncio.to_thread(served.stdout.readline), PATIENCE)
    return line.split()[-1]


async def test_the_printed_address_lets_one_browser_in() -> None:
    async with serving() as served, browser() as first, browser() as second:
        async with first.get(served.urls[0], allow_redirects=False) as answer:
            (cookie,) = answer.headers.getall("Set-Cookie")
            assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert await status(first.get(served.base)) == 200
        assert await status(second.get(served.urls[0])) == 403
        assert await status(second.get(served.base)) == 403
        assert await status(second.get(served.urls[1])) == 200


async def test_a_browser_that_is_in_spends_no_token() -> None:
    async with serving() as served, browser() as client:
        await status(client.get(served.urls[0]))
        for url in list(served.urls):
            assert await status(client.get(url)) == 200
        assert len(served.urls) == 2


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=guessed", "/ws", "/page/page.js", "/static/js/textual.js"])
async def test_without_the_cookie_there_is_nothing(path: str) -> None:
    async with serving() as served, browser() as client:
        assert await status(client.get(served.base + path, headers={"Origin": served.base})) == 403


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("LOCALHOST:9000", True),
        ("[::1]:8000", True),
        ("mine:8000", True),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("localhost:8000@evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_answered(host: str, ours: bool) -> None:
    assert is_ours(host, frozenset({"localhost", "mine"})) is ours


async def test_a_name_that_was_made_to_point_here_is_refused_in_spite_of_the_cookie() -> None:
    async with serving() as served, browser() as client:
        await status(client.get(served.urls[0]))
        assert await status(client.get(served.base, headers={"Host": "evil.example"})) == 403
        assert await status(client.get(served.base, headers={"Origin": ELSEWHERE})) == 403


@pytest.mark.parametrize("origin", [ELSEWHERE, "http://127.0.0.1:1", "null", None])
async def test_a_websocket_from_another_page_is_refused_in_spite_of_the_cookie(origin: str | None) -> None:
    async with serving() as served, browser() as client:
        await status(client.get(served.urls[0]))
        before = descendants(os.getpid())
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await client.ws_connect(f"{served.base}/ws", origin=origin)
        assert descendants(os.getpid()) <= before


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", f"http://{socket.gethostname()}:"),  # and every other name of this machine
        ("localhost", "http://localhost:"),
    ],
)
async def test_the_address_says_where_it_listens_and_has_a_token_everywhere(
    command: Command, host: str, url: str
) -> None:
    printed = await first_url(command("--host", host, "--port", "0"))
    assert printed.startswith(url)
    assert re.search(r"\d/\?token=[\w-]{43}$", printed)
    async with browser() as client:
        assert await status(client.get(f"http://127.0.0.1:{urlsplit(printed).port}/")) == 403


def test_the_page_names_nothing_elsewhere() -> None:
    for file in PAGE.iterdir():
        assert not re.search(r"https?://|[\"'(]//", file.read_text().replace("// ", "")), file


async def test_the_page_may_not_ask_elsewhere() -> None:
    async with serving() as served, browser() as client, client.get(served.urls[0]) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert f"connect-src 'self' ws://{urlsplit(served.base).netloc} " in policy
    assert "frame-ancestors 'none'" in policy


async def test_closing_the_tab_ends_the_workbench_and_everything_in_it() -> None:
    async with serving("chat-server") as served, browser() as client:
        await status(client.get(served.urls[0]))
        before = descendants(os.getpid())
        async with workbench(client, served.base) as tab:
            await tab.shows("import socket")
            await tab.types("\x1b[15~")  # F5
            await tab.shows("listening on")
            inside = descendants(os.getpid()) - before
            assert len(inside) > 2  # the workbench, and its programs
        await have_ended(inside)


async def test_a_workbench_that_is_left_closes_its_tab() -> None:
    async with serving() as served, browser() as client:
        await status(client.get(served.urls[0]))
        async with workbench(client, served.base) as tab:
            await tab.types("\x11")  # Ctrl-Q
            async for message in tab.websocket:
                assert message.type is aiohttp.WSMsgType.BINARY
            assert tab.websocket.closed


async def test_a_workbench_that_cannot_open_closes_its_tab() -> None:
    async with serving("no-such-lab") as served, browser() as client:
        await status(client.get(served.urls[0]))
        async with client.ws_connect(f"{served.base}/ws", origin=served.base) as websocket:
            message = await websocket.receive(PATIENCE)
            assert message.type is aiohttp.WSMsgType.CLOSE


async def test_two_tabs_are_two_workbenches() -> None:
    async with serving() as served, browser() as client:
        await status(client.get(served.urls[0]))
        before = descendants(os.getpid())
        async with workbench(client, served.base) as first:
            ended = descendants(os.getpid()) - before
            async with workbench(client, served.base) as second:
                await first.websocket.close()
                await have_ended(ended)
                await second.types("\r")
                await second.shows("step 1 of")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
async def test_however_the_server_ends_its_workbenches_do(command: Command, number: int, code: int) -> None:
    served = command()
    url = await first_url(served)
    async with browser() as client:
        await status(client.get(url))
        async with workbench(client, url.partition("/?")[0]):
            inside = descendants(served.pid)
            assert inside
            served.send_signal(number)
            await have_ended(inside)
    assert await asyncio.to_thread(served.wait, PATIENCE) == code


FAULTY = """
import sys
from netlab.cli import main
from netlab.session.session import LabSession

def written(self, names):
    raise ZeroDivisionError("a fault of netlab's own")

LabSession._written = written
main()
"""


async def test_after_a_fault_the_tab_says_what_to_report_and_goes_on(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is in a task of the session. The workbench begins anew in the same tab, and has kept what was typed."""
    monkeypatch.setenv("NETLAB_NETWORK", "loopback")
    (work / "faulty.py").write_text(FAULTY)
    faulty = [sys.executable, "-P", str(work / "faulty.py")]
    async with serving("chat-server", command=faulty) as served, browser() as client:
        await status(client.get(served.urls[0]))
        async with workbench(client, served.base) as tab:
            await tab.shows("line 1, column 1")
            await tab.types("never saved")
            await tab.shows("line 1, column 12")
            (work / "netlab-work" / "02-chat-server" / "notes.md").write_text("from another editor")
            await tab.shows("netlab made a mistake")
            await tab.shows("ZeroDivisionError")
            (report,) = (work / "data" / "state" / "faults").iterdir()
            assert "a fault of netlab's own" in report.read_text()
            await tab.types("\r")
            await tab.shows("step 1 of")
            await tab.shows("Take it")


async def test_without_the_extra_one_line_says_how_to_get_it(command: Command, work: Path) -> None:
    (work / "sitecustomize.py").write_text("import sys\nsys.modules['textual_serve'] = None\n")
    served = command(PYTHONPATH=f"{work}{os.pathsep}{os.environ['PYTHONPATH']}")
    out, complaint = await asyncio.to_thread(served.communicate, timeout=PATIENCE)
    assert (served.returncode, out) == (3, "")
    assert complaint.splitlines() == [
        "netlab: netlab serve needs textual-serve, which is not installed.",
        '        Install it: pip install "netlab[web]", or in a checkout: uv sync --extra web',
    ]


async def test_a_port_in_use_is_said_in_one_line(command: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = command("--port", str(port))
        _, complaint = await asyncio.to_thread(served.communicate, timeout=PATIENCE)
    assert served.returncode == 2
    assert complaint.splitlines()[0] == f"netlab: Port {port} is in use."


@pytest.mark.browser
async def test_a_lab_in_a_browser(command: Command, work: Path) -> None:
    """Opened, typed into, run, and a checkpoint passed; and nobody else on any network was asked for anything."""
    url = await first_url(command())
    async with chromium(work / "profile") as page:
        await page.command("Page.navigate", url=url)
        await page.shows("Chat server")
        await page.press("Down")
        await page.press("Enter")
        await page.shows("step 1 of")
        await page.shows(r"line 1, column 1\b")
        await page.type("# 1\n")
        await page.shows(r"line 2, column 1\b")
        await page.press("F5")
        await page.shows(r"listening on \d")
        assert (work / "netlab-work" / "02-chat-server" / "server.py").read_text().startswith("# 1\n")
        await page.press("F9")
        await page.shows(r"\b[1-9]\d* of 15 passed")
        fonts = await page.value("[...document.fonts].map((font) => font.status).join()")
    assert fonts == "loaded,loaded"
    assert {urlsplit(asked).netloc for asked in page.asked} == {urlsplit(url).netloc}
    assert not [said for said in page.said if "xception" in said]
