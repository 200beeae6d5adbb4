"""The child's end of the link to the process that runs the check: JSON lines, both ways, over one socket.

In: a first message with the settings, then `{"run": id}` for each checkpoint. Out: see `child.py`, the other end.
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
        threading.Thread(target=self._listen, name="netlab-link", daemon=True).start()

    def send(self, message: Message) -> None:
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def receive(self) -> Message:
        """The next message. The end of the link is a KeyboardInterrupt in the main thread."""
        return self._inbox.get()

    def __iter__(self) -> Iterator[Message]:
        while True:
            yield self.receive()

    def _listen(self) -> None:
        with self._socket.makefile("rb") as lines:
            for line in lines:
                self._inbox.put(json.loads(line))
        leave()


def leave() -> None:
    """Ends this process: by an interrupt, which lets a checkpoint end what it started; without ado after the grace."""
    main = threading.main_thread()
    assert main.ident is not None
    signal.pthread_kill(main.ident, signal.SIGINT)
    main.join(GRACE)
    os._exit(1)
