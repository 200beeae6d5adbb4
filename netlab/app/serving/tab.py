"""One browser tab: a `netlab` process of its own, with two pipes to it, for as long as its websocket is open."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Sequence

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from netlab.processes.spawning import PIPE, Process, spawn

DRIVER = "netlab.app.serving.driver:BrowserDriver"
GRACE = 5.0
"""Seconds that a workbench gets to end its programs and keep what is unsaved."""
PRELUDE = b"__GANGLION__\n"
"""What a Textual web driver says first (textual/drivers/web_driver.py)."""


class Tab(AppService):
    """The process behind a websocket. What goes over the pipes is textual-serve's; the process is netlab's."""

    def __init__(self, argv: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        super().__init__(
            shlex.join(argv),
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,  # type: ignore[arg-type]  # it says whether it was open
            download_manager=downloads,
        )
        self._argv = argv
        self._child: Process | None = None
        self._ending: asyncio.Task[None] | None = None

    async def start(self, width: int, height: int) -> None:
        """The workbench at that size, in columns and rows."""
        environment = self._build_environment(width, height) | {"TEXTUAL_DRIVER": DRIVER}
        # A session of its own: Ctrl-C in the terminal is for the server, which then ends its tabs in order.
        self._child = child = spawn(self._argv, stdin=PIPE, stdout=PIPE, env=environment, new_session=True)
        self._stdin = await _writer(child)
        self._output, self._stdout = await _reader(child)
        self._task = asyncio.create_task(self.run())

    async def run(self) -> None:
        """Hands on what the workbench says, until it ends; then the websocket ends as well."""
        try:
            await self._stdout.readuntil(PRELUDE)
            while True:
                await self._packet()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # the process has ended, was no workbench, or the browser is gone
        finally:
            await self.remote_close()

    async def _packet(self) -> None:
        """One byte for the kind, four for the length, and that many bytes; a prelude where an app follows another."""
        head = await self._stdout.readexactly(5)
        if head == PRELUDE[:5]:
            await self._stdout.readexactly(len(PRELUDE) - 5)
            return
        payload = await self._stdout.readexactly(int.from_bytes(head[1:], "big"))
        handlers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        if handler := handlers.get(head[:1]):
            await handler(payload)

    async def stop(self) -> None:
        """Ends the workbench and everything in it; returns when it has ended. Any number may ask."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        if self._child is None or self._stdin is None or self._task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        self._stdin.transport.abort()  # the end of its input tells it to end, the broken pipe not to wait for us
        self._output.close()
        await _ended(self._child)
        await self._child.end(grace=1.0)
        self._task.cancel()
        await asyncio.wait([self._task])


async def _ended(child: Process) -> None:
    """When it has ended by itself, or has had its time."""
    try:
        async with asyncio.timeout(GRACE):
            await child.wait()
    except TimeoutError:
        return


async def _writer(child: Process) -> asyncio.StreamWriter:
    loop = asyncio.get_running_loop()
    protocol = asyncio.StreamReaderProtocol(asyncio.StreamReader())  # for its flow control; nothing is read here
    transport, _ = await loop.connect_write_pipe(lambda: protocol, child.stdin)
    return asyncio.StreamWriter(transport, protocol, None, loop)


async def _reader(child: Process) -> tuple[asyncio.ReadTransport, asyncio.StreamReader]:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, child.stdout)
    return transport, reader
