"""The child's end of the link to the process that runs the check: JSON lines, both ways, over one socket.

In: `{"run": key, "settings"}` for each checkpoint, and for each prediction to measure. Out: see `child.py`.
The link's end is an order to leave, in the middle of a checkpoint too: the parent closes it when it has enough, and
the kernel closes it when the parent was killed. Learners' programs never inherit it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

GRACE = 5.0
"""Seconds that the checkpoint under way has, to end its programs, when the link has ended."""

Message = dict[str, Any]


class Link:
    """Messages from and to the parent."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)
        self._socket = socket.socket(fileno=descriptor)
        self._inbox: SimpleQueue[Message] = SimpleQueue()
        self._idle = False
        threading.Thread(target=self._listen, name="netlab-link", daemon=True).start()

    def send(self, message: Message) -> None:
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def receive(self) -> Message:
        """The next message. Between two messages nothing is under way that would have to be ended in order."""
        self._idle = True
        message = self._inbox.get()
        self._idle = False
        return message

    def __iter__(self) -> Iterator[Message]:
        while True:
            yield self.receive()

    def _listen(self) -> None:
        with self._socket.makefile("rb") as lines:
            for line in lines:
                self._inbox.put(json.loads(line))
        self._leave()

    def _leave(self) -> None:
        """Ends this process: by an interrupt, which lets a checkpoint end what it started; at once where none runs."""
        main = threading.main_thread()
        if not self._idle and main.ident is not None:
            signal.pthread_kill(main.ident, signal.SIGINT)
            main.join(GRACE)
        os._exit(0)  # an interpreter's orderly end takes 0.1 s, and there is nothing left to put in order
