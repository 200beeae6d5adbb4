"""A pid namespace in which one program and all that it forks end together, whatever they do.

Its first process is a `cat` that reads a pipe of ours: when netlab closes the pipe, or is gone, `cat` ends, and the
kernel ends everything in the namespace (pid_namespaces(7)). A program is put in by `nsenter`, which stays outside as
our own child: it hands on the exact exit code, or dies of the same signal, which a shell as pid 1 could not do.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from netlab.processes.spawning import PIPE, Process, spawn

# SIGCHLD ignored: the kernel reaps what is left to pid 1. The line printed says that the namespace is there.
_INIT = "trap '' CHLD; echo; exec cat >/dev/null 2>&1"
_ENTER = 'read _ || exit 125; exec "$@" <&1'


class Enclosure:
    """One pid namespace. `close` or `end` it: all that is in it goes with it."""

    def __init__(self, init: Process, ready: int) -> None:
        self._init = init
        self._ready = ready

    @classmethod
    def open(cls, complaints: int) -> Self:
        """Begin a namespace; returns before it is there. From the main thread only; tools complain there."""
        ready, announce = os.pipe()
        argv = ["unshare", "--pid", "--fork", "--kill-child", "sh", "-c", _INIT]
        try:
            init = spawn(argv, stdin=PIPE, stdout=announce, stderr=complaints, new_session=True)
        except BaseException:
            os.close(ready)
            raise
        finally:
            os.close(announce)
        return cls(init, ready)

    @property
    def ready(self) -> int:
        """What the process that runs `argv` must have as its standard input."""
        return self._ready

    def argv(self, *inside: str) -> list[str]:
        """A command that runs another in the namespace, as its child, once the namespace is there.

        The other gets as standard input what the command has as standard output: a terminal, open both ways.
        """
        namespace = f"/proc/{self._init.pid}/ns/pid_for_children"
        return ["sh", "-c", _ENTER, "sh", "nsenter", f"--pid={namespace}", *inside]

    def entered(self) -> None:
        """The process with `argv` was spawned, or never will be: `ready` is no longer needed here."""
        os.close(self._ready)

    def close(self) -> None:
        """Begin the end of everything in the namespace; `end` waits for it."""
        self._init.close_streams()

    async def end(self) -> None:
        """End everything in the namespace; returns when nothing of it is left."""
        self.close()
        await self._init.wait()

    def end_now(self) -> None:
        """End everything in the namespace, without a loop."""
        self._init.end_now()


def inner_pid(outside: int) -> int:
    """The pid, as seen from here, of the one process that `outside` (an `nsenter`) put into a namespace; or 0."""
    with suppress(OSError):
        children = Path(f"/proc/{outside}/task/{outside}/children").read_text().split()
        return int(children[0]) if children else 0
    return 0
