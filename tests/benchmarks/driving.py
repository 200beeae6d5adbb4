"""A full-screen program on a pseudo-terminal of its own: keys are written to it, what it paints is read back."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 20.0
"""Seconds after which something is wrong."""
_READ = 1 << 18


class Driven:
    """One program and its terminal."""

    def __init__(self, argv: list[str], folder: Path, size: tuple[int, int], **environment: str) -> None:
        """`size` in columns and rows. Its data and its working folder are `folder`."""
        self.started = time.monotonic_ns()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ |= {"NETLAB_DATA": str(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.environ |= {"NETLAB_LANG": "en", **environment}
            os.execvp(argv[0], argv)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def press(self, keys: bytes) -> int:
        """Writes keys to it; when that was, in nanoseconds of CLOCK_MONOTONIC."""
        now = time.monotonic_ns()
        os.write(self._terminal, keys)
        return now

    def until(self, *words: bytes, longest: float = LONGEST) -> int:
        """Reads until each of these was painted; when the last of them was, in nanoseconds."""
        seen, missing, deadline = b"", list(words), time.monotonic() + longest
        while missing:
            if time.monotonic() > deadline:
                raise SystemExit(f"no {missing} after {longest:g} s:\n{seen[-3000:].decode(errors='replace')}")
            seen += self.read(0.5)
            missing = [word for word in missing if word not in seen]
        return time.monotonic_ns()

    def read(self, seconds: float) -> bytes:
        """What it paints next; nothing where it paints nothing for so long."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._terminal, _READ)
        except OSError:
            raise SystemExit("it ended") from None

    def watch(self, seconds: float) -> int:
        """Reads along for so long; bytes that it painted."""
        painted, deadline = 0, time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            painted += len(self.read(left))
        return painted

    def close(self) -> None:
        """Kills it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)


@contextmanager
def driven(argv: list[str], folder: Path, size: tuple[int, int], **environment: str) -> Iterator[Driven]:
    """A program for as long as the context lasts."""
    one = Driven(argv, folder, size, **environment)
    try:
        yield one
    finally:
        one.close()


def processor_seconds(pid: int) -> float:
    """What a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> dict[str, int]:
    """The processes below one, by what they are called."""
    found: dict[str, int] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            named = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found[f"{child} {named}"] = int(child)
            found |= family(int(child))
    return found


def settle(folder: Path) -> None:
    """Whoever works in this data folder has seen the tour."""
    (folder / "settings.json").write_text(json.dumps({"tour": True}))
