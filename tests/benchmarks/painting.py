"""How late the workbench's shell is painted, beside a bare Textual app of a header and a footer, in one run.

    python -m tests.benchmarks.painting [ROUNDS]

From the start of the process to the first screen that shows its first words, on a terminal of 120x40; medians of runs
that take turns. The workbench is started as a user does: `netlab` finds out what the machine gives, and enters it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median

BARE = """
from textual.app import App
from textual.widgets import Footer, Header

class Bare(App):
    TITLE = "bare app of a header and a footer"
    def compose(self):
        yield Header()
        yield Footer()

Bare().run()
"""

CONTENDERS = {
    "header and footer": ([sys.executable, "-c", BARE], b"bare app"),
    "netlab": ([str(Path(sys.executable).with_name("netlab"))], b"Real hosts"),
    "netlab chat-server": ([str(Path(sys.executable).with_name("netlab")), "chat-server"], b"Chat server"),
}
"""What to start, and what its first screen shows."""

LONGEST = 20.0
"""Seconds after which something is wrong."""


def painted_after(argv: list[str], words: bytes, folder: str) -> float:
    """Seconds from the start until the words are on the terminal."""
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ |= {"NETLAB_DATA": folder, "TERM": "xterm-256color", "COLORTERM": "truecolor", "NETLAB_LANG": "en"}
        os.execvp(argv[0], argv)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        return _until(terminal, words, started) - started
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _until(terminal: int, words: bytes, started: float) -> float:
    seen = b""
    while words not in seen:
        if not select.select([terminal], [], [], LONGEST)[0] or time.perf_counter() - started > LONGEST:
            raise SystemExit(f"no {words!r} after {LONGEST:g} s:\n{seen[-2000:].decode(errors='replace')}")
        seen += os.read(terminal, 65536)
    return time.perf_counter()


def main() -> None:
    """Everybody in turn, so that the machine's moods are shared."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds + 1):
            for name, (argv, words) in CONTENDERS.items():
                times[name].append(painted_after(argv, words, folder))
    bare = median(times["header and footer"][1:])
    for name, taken in times.items():  # the first round warms the caches
        print(f"{name:<20} {median(taken[1:]) * 1000:6.0f} ms   {median(taken[1:]) / bare:4.2f} times as late")


if __name__ == "__main__":
    main()
