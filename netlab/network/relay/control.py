"""Requests from netlab come in, answers go out: one JSON message a packet (SOCK_SEQPACKET, unix(7))."""

from __future__ import annotations

import _socket
import array
import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Request = dict[str, Any]

_LONGEST = 1 << 18
_MOST_FDS = 4


class Control:
    """The wire process's end of the control socket."""

    def __init__(self, fd: int) -> None:
        self._socket = _socket.socket(fileno=fd)
        self._socket.setblocking(False)
        self.fd = fd

    def receive(self) -> tuple[Request, list[int]] | None:
        """The next request and the descriptors that came with it; None where none is there.

        EOFError where netlab has gone: so must the wire.
        """
        fds = array.array("i")
        try:
            data, ancillary, _, _ = self._socket.recvmsg(_LONGEST, _socket.CMSG_SPACE(_MOST_FDS * fds.itemsize))
        except BlockingIOError:
            return None
        except ConnectionError:
            data, ancillary = b"", []
        if not data:
            raise EOFError
        for _, _, payload in ancillary:
            fds.frombytes(payload)
        return json.loads(data), fds.tolist()

    def answer(self, request: Request, result: object = None, error: str = "") -> None:
        """Answer a request; where nobody listens any more, the next `receive` says so."""
        message = {"id": request["id"], "error": error} if error else {"id": request["id"], "result": result}
        try:
            self._socket.send(json.dumps(message).encode())
        except (ConnectionError, BlockingIOError):
            return
