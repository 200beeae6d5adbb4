"""Who may talk to the server: a browser that was given the printed address, and only pages that came from here.

textual-serve lets everybody in, and whoever is in can type into a workbench that runs programs. Three questions, before
anything is answered:

- Host: a name that is this machine's. A foreign page whose own name was made to point here (DNS rebinding) has its own.
- Origin: this very server. Browsers send cookies with a websocket whatever page opens it, and tell which one it was.
- Cookie: got in exchange for the token of the printed address, which works once; HttpOnly and
  SameSite=Strict (RFC 6265bis).

Not in its power: cookies do not tell ports apart, so another server on the same host name that the browser visits is
sent ours. The Origin check keeps pages of such a server out, but not that server itself.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    # The page could not send anything elsewhere if it wanted to; style: what xterm.js writes into the page.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' {websockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What every answer says."""

_ONCE = "The address that `netlab serve` prints opens once. Open the one that it printed last.\n"
_NOT_HERE = "This server does not go by that name.\n"
_ELSEWHERE = "Only a page of this server may do that.\n"


class Guard:
    """Lets requests through to the server's handlers, or answers them with 403 itself."""

    def __init__(self, names: frozenset[str], announce: Callable[[str], None]) -> None:
        """`names` are the host names besides `localhost` and addresses; `announce` is told each new token."""
        self._names = frozenset(name.lower() for name in names) | {"localhost"}
        self._announce = announce
        self._secret = secrets.token_urlsafe(32)
        self._token = ""

    def open(self) -> None:
        """Makes the first token: until then there is no way in."""
        self._token = secrets.token_urlsafe(32)
        self._announce(self._token)

    @web.middleware
    async def admit(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The middleware of the application."""
        if not is_ours(request.host, self._names):
            raise web.HTTPForbidden(text=_NOT_HERE)
        if not self._from_here(request):
            raise web.HTTPForbidden(text=_ELSEWHERE)
        if request.path == "/" and "token" in request.query:
            raise self._exchanged(request)
        if not self._is_known(request):
            raise web.HTTPForbidden(text=_ONCE)
        return await handler(request)

    def _from_here(self, request: web.Request) -> bool:
        """A websocket must say where it comes from; others only have to be right where they do."""
        origin = request.headers.get("Origin")
        if origin is None:
            return request.headers.get("Upgrade", "").lower() != "websocket"
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc == request.host

    def _exchanged(self, request: web.Request) -> web.HTTPException:
        """The cookie for the token, and an address without it. Who is known already spends no token."""
        answer = web.HTTPSeeOther("/")
        if self._is_known(request):
            return answer
        if not _same(request.query["token"], self._token):
            return web.HTTPForbidden(text=_ONCE)
        answer.set_cookie(_cookie_name(request), self._secret, httponly=True, samesite="Strict", path="/")
        self.open()
        return answer

    def _is_known(self, request: web.Request) -> bool:
        return _same(request.cookies.get(_cookie_name(request), ""), self._secret)


def is_ours(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header (`name`, `name:port`, `[::1]:port`) names this machine.

    Any address will do: to be rebound, a name is needed. Ports may differ, as they do behind `ssh -L`.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in names or _is_address(name)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On every answer, refusals included: `on_response_prepare` of the application."""
    for name, value in HEADERS.items():
        response.headers[name] = value.replace("{websockets}", _websockets(request))


def _websockets(request: web.Request) -> str:
    """Not every browser takes `'self'` for websockets, too."""
    host = request.host
    return f"ws://{host} wss://{host}" if all(c.isalnum() or c in ".:[]-_" for c in host) else ""


def _cookie_name(request: web.Request) -> str:
    """Two servers on one machine share their cookies, but not their names."""
    socket = request.transport.get_extra_info("sockname") if request.transport else None
    return f"netlab-{socket[1]}" if socket else "netlab"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str, wanted: str) -> bool:
    """Takes as long for every wrong one. Nothing is never right."""
    return bool(wanted) and secrets.compare_digest(given.encode(), wanted.encode())
