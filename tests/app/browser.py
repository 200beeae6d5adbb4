"""Headless Chromium, driven over its DevTools protocol, and what the terminal in its page shows.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from netlab.processes.spawning import PIPE, Process, spawn

PATIENCE = 60.0
"""Seconds until something that does not come fails its test: a browser on a busy machine is slow."""
VIEW = {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # root has none to enter, and the one page that is opened is ours
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--remote-debugging-port=0",
)
_KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Down": ("ArrowDown", 40, ""),
    "F5": ("F5", 116, ""),
    "F9": ("F9", 120, ""),
}


class Screen:
    """As much of a terminal as Textual's drawing needs: moves, text, and ends of lines. Cells, no colours."""

    _PARTS = re.compile(
        r"\x1b\[(?P<to>\d*;?\d*)H|\x1b\[[?<>=]?[\d;]*\$?[A-Za-z]|\x1b[^\[]|(?P<end>\r?\n)|(?P<text>[^\x00-\x1f]+)"
    )

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], str] = {}
        self._row = self._column = 0

    def feed(self, data: str) -> None:
        for part in self._PARTS.finditer(data):
            if part["to"] is not None:
                row, _, column = part["to"].partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif part["end"]:
                self._row, self._column = self._row + 1, 0
            else:
                self._put(part["text"] or "")

    def _put(self, text: str) -> None:
        for character in text:
            self._cells[self._row, self._column] = character
            self._column += 1

    def __str__(self) -> str:
        rows = [self._line(row) for row in range(60)]
        return "\n".join(rows).rstrip()

    def _line(self, row: int) -> str:
        return "".join(self._cells.get((row, column), " ") for column in range(250)).rstrip()


class Browser:
    """A browser with one tab in it."""

    def __init__(self, devtools: aiohttp.ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: dict[str, str] = {}
        self._heard = asyncio.Event()
        self.screen = Screen()
        self.asked: list[str] = []
        """Every address that the page asked for, websockets included."""
        self.said: list[str] = []
        """What the page wrote to its console, and what it threw."""

    async def listen(self) -> None:
        """Takes in what the browser says, until it ends."""
        async for message in self._devtools:
            said = message.json()
            if answer := self._answers.pop(said.get("id", 0), None):
                answer.set_result(said)
            else:
                self._take(said["method"], said["params"])
            self._heard.set()

    def _take(self, method: str, params: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(params["url"])
            case "Network.webSocketFrameReceived" if params["response"]["opcode"] == 2:
                self.screen.feed(base64.b64decode(params["response"]["payloadData"]).decode())
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.said.append(str(params))

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._devtools.send_json({"id": number, "method": method, "params": params, **self._session})
        said = await asyncio.wait_for(self._answers[number], PATIENCE)
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    async def open_tab(self) -> None:
        """An empty one; everything after goes to it."""
        target = await self.command("Target.createTarget", url="about:blank")
        attached = await self.command("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Network", "Page", "Runtime", "Log"):
            await self.command(f"{domain}.enable")
        await self.command("Emulation.setDeviceMetricsOverride", **VIEW)

    async def value(self, expression: str) -> Any:
        """What the expression is in the page."""
        result = await self.command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return result["result"].get("value")

    async def type(self, text: str) -> None:
        """Key by key."""
        for character in text:
            if character == "\n":
                await self.press("Enter")
            else:
                await self._key(key=character, text=character, unmodifiedText=character)

    async def press(self, name: str) -> None:
        key, code, text = _KEYS[name]
        await self._key(key=key, code=key, windowsVirtualKeyCode=code, **({"text": text} if text else {}))

    async def _key(self, **how: Any) -> None:
        await self.command("Input.dispatchKeyEvent", type="keyDown", **how)
        await self.command("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in how.items() if "ext" not in k})

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for what the browser hears to make it true."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            pytest.fail(f"It did not come to that. On the screen:\n{self.screen}\nThe page said: {self.said}")

    async def shows(self, pattern: str) -> None:
        """Waits until a line of the terminal matches."""
        await self.until(lambda: re.search(pattern, str(self.screen)))


@contextlib.asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Browser]:
    """A browser that knows nothing, with its profile in the folder."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    process = spawn([found, *_OPTIONS, f"--user-data-dir={folder}", "about:blank"], stderr=PIPE, new_session=True)
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(await _devtools(process), max_msg_size=0) as socket,
        ):
            browser = Browser(socket)
            listening = asyncio.create_task(browser.listen())
            await browser.open_tab()
            yield browser
        await listening
    finally:
        await process.end()


async def _devtools(process: Process) -> str:
    """The address that it says on stderr, among other things; what it says later is not read."""
    assert process.stderr is not None
    said = b""
    async with asyncio.timeout(PATIENCE):
        while (found := re.search(rb"DevTools listening on (ws://\S+)\s", said)) is None:
            more = await asyncio.to_thread(process.stderr.read, 4096)
            assert more, said
            said += more
    return found[1].decode()
