"""The server behind `netlab serve`: a page, its files, and a websocket for each browser tab. All behind the guard.

The page is our own, because textual-serve's asks the web for a font. The terminal in it, xterm.js with its fonts, is
textual-serve's and comes from its package. This process runs no lab and enters no namespace: each tab's does.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server, to_int

from netlab.app.serving.guard import Guard, add_headers
from netlab.app.serving.tab import Tab
from netlab.errors import NetlabError, UsageError

HEARTBEAT = 15.0
"""Seconds between questions whether a browser is still there: one that was cut off says no goodbye."""
LARGEST = 1000
"""Columns and rows that a browser may ask for."""

_PAGE = Path(__file__).parent / "page"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, and by what name the printed address says so."""

    host: str
    port: int
    """0: any that is free."""

    @property
    def everywhere(self) -> bool:
        """Whether it means all of this machine's addresses."""
        return self.host in ("", "0.0.0.0", "::")

    @property
    def name(self) -> str:
        """For a URL."""
        name = socket.gethostname() if self.everywhere else self.host
        return f"[{name}]" if ":" in name else name


class WorkbenchServer(Server):
    """textual-serve's server with our guard, our page and our processes."""

    def __init__(self, argv: Sequence[str], guard: Guard) -> None:
        super().__init__("netlab")
        self._argv = argv
        self._guard = guard
        self._tabs: set[Tab] = set()

    def application(self) -> web.Application:
        """All that is served; nothing of textual-serve's own page is."""
        app = web.Application(middlewares=[self._guard.admit])
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self.on_shutdown)
        app.add_routes(
            [
                web.get("/", self.handle_page),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/page", _PAGE),
                web.static("/static", self.statics_path),
            ]
        )
        return app

    async def handle_page(self, request: web.Request) -> web.StreamResponse:
        """The one page there is."""
        return web.FileResponse(_PAGE / "index.html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A workbench for as long as the websocket is open."""
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await websocket.prepare(request)
        tab = Tab(self._argv, websocket, self.download_manager)
        self._tabs.add(tab)
        try:
            await tab.start(_size(request, "width", 80), _size(request, "height", 24))
            await self._process_messages(websocket, tab)
        finally:
            await tab.stop()
            self._tabs.discard(tab)
        return websocket

    async def on_shutdown(self, app: web.Application) -> None:
        """Ends all tabs, side by side."""
        await asyncio.gather(*(tab.stop() for tab in self._tabs))


async def serve(address: Address, argv: Sequence[str], announce: Callable[[str], None]) -> None:
    """Serves a workbench, started by `argv`, to each tab, until it is cancelled; then all of them have ended.

    `announce` is given the address that opens the next browser, again whenever one was used.
    Raises UsageError where nothing can listen at the address.
    """
    listening = _listen(address)
    port = listening.getsockname()[1]
    names = frozenset({address.host, socket.gethostname()} if address.everywhere else {address.host})
    guard = Guard(names, lambda token: announce(f"http://{address.name}:{port}/?token={token}"))
    runner = web.AppRunner(WorkbenchServer(argv, guard).application(), access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        guard.open()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def _listen(address: Address) -> socket.socket:
    try:
        where = socket.getaddrinfo(address.host or None, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server(where[0][4][:2], family=where[0][0])
    except OSError as error:
        raise _refusal(address, error) from error


def _refusal(address: Address, error: OSError) -> NetlabError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"Port {address.port} is in use.", "Give another: --port 0 takes any that is free.")
    if error.errno == errno.EACCES:
        return UsageError(f"Port {address.port} is for root alone.", "Give one above 1023, or --port 0.")
    why = str(error.strerror).partition(" (")[0]  # Python adds the address, in its own way
    return UsageError(f"Nothing can listen at {address.host}: {why}.", "--host takes an address of this machine.")


def _size(request: web.Request, name: str, otherwise: int) -> int:
    return min(max(to_int(request.query.get(name, ""), otherwise), 1), LARGEST)
