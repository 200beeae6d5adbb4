"""Starts processes, waits for them without threads, and sees to it that none outlives netlab.

Nothing here knows what runs. Long-lived processes come from `spawn`, short helpers (`ip`, probes) from `run`.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from netlab.errors import NetlabError, UnavailableError, UsageError
from netlab.processes import last_resort
from netlab.processes.exits import process_ended

DEVNULL = subprocess.DEVNULL
PIPE = subprocess.PIPE
STDOUT = subprocess.STDOUT

Stream = int | IO[bytes] | None

_ORDINARY = (
    signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU,
    signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2,
)  # fmt: skip
"""What a login leaves alone, and whoever starts netlab may not."""

_DEBIAN_PACKAGES = {
    "bwrap": "bubblewrap",
    "ip": "iproute2",
    "nsenter": "util-linux",
    "prlimit": "util-linux",
    "setpriv": "util-linux",
    "ss": "iproute2",
    "unshare": "util-linux",
}


class Process:
    """One child process, or its whole group where it was spawned with `new_session`."""

    def __init__(self, popen: subprocess.Popen[bytes], argv: Sequence[str], *, leads_group: bool) -> None:
        self._popen = popen
        self._leads_group = leads_group
        self.argv = tuple(argv)
        self.pid = popen.pid
        self.stdin = popen.stdin
        self.stdout = popen.stdout
        self.stderr = popen.stderr
        last_resort.remember(self)

    def __repr__(self) -> str:
        return f"<Process {self.pid} {shlex.join(self.argv)} code={self._popen.returncode}>"

    def poll(self) -> int | None:
        """The exit code, minus the signal's number where one ended it; None while it runs."""
        code = self._popen.poll()
        if code is not None:
            last_resort.forget(self)
        return code

    async def wait(self) -> int:
        """Wait for the end; any number may wait, and be cancelled. The process itself is left alone."""
        while (code := self.poll()) is None:
            await process_ended(self.pid)
        return code

    def signal(self, number: int) -> None:
        """Send a signal to the process, or to all of its group; nothing happens where all have ended."""
        try:
            self._send(number)
        except (ProcessLookupError, PermissionError):  # macOS says EPERM for a group of zombies
            return

    def _send(self, number: int) -> None:
        if self._leads_group:
            os.killpg(self.pid, number)
        else:
            self._popen.send_signal(number)

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        self.signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it (SIGKILL)."""
        self.signal(signal.SIGKILL)

    async def end(self, grace: float = 2.0) -> int:
        """SIGTERM, up to `grace` seconds, SIGKILL; what is left of the group when its leader has ended is killed."""
        if self.poll() is None:
            await self._end_leader(grace)
        if self._leads_group:
            self.kill()
        self.close_streams()
        return await self.wait()

    async def _end_leader(self, grace: float) -> None:
        self.terminate()
        try:
            async with asyncio.timeout(grace):
                await self.wait()
        except TimeoutError:
            self.kill()
            await self.wait()

    def end_now(self) -> None:
        """SIGKILL, and wait for the end without a loop: for `atexit` and for synchronous clean-up."""
        self.kill()
        self._popen.wait()
        last_resort.forget(self)
        self.close_streams()

    def close_streams(self) -> None:
        """Close netlab's ends of the pipes."""
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream is not None:
                stream.close()


@dataclass(frozen=True, slots=True)
class Completed:
    """How a helper command ended."""

    code: int
    """Exit code; minus the signal's number where one ended it."""
    stdout: bytes
    stderr: bytes


def spawn(
    argv: Sequence[str],
    *,
    stdin: Stream = DEVNULL,
    stdout: Stream = None,
    stderr: Stream = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    pass_fds: Sequence[int] = (),
    new_session: bool = False,
) -> Process:
    """Start a process; None for a stream is netlab's own. With `new_session` signals go to all of its group, and none
    is ignored, whoever started netlab and how.

    Call it from the main thread: a child stands in the namespaces of the thread that spawned it.
    Raises UnavailableError where the command is not installed, UsageError where `cwd` does not exist.
    """
    try:
        with _nothing_ignored() if new_session else nullcontext():
            popen = subprocess.Popen(
                argv,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=env,
                cwd=cwd,
                pass_fds=pass_fds,
                start_new_session=new_session,
                bufsize=0,
            )
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise _cannot_start(argv[0], cwd, error) from error
    return Process(popen, argv, leads_group=new_session)


def run(
    argv: Sequence[str],
    *,
    input: bytes = b"",  # noqa: A002 - the name that subprocess has for it
    timeout: float = 10.0,
    env: Mapping[str, str] | None = None,
) -> Completed:
    """Run a short helper to its end and return what it said; the caller judges its exit code.

    Raises UnavailableError where the command is not installed, NetlabError where it takes longer than `timeout` s.
    """
    try:
        done = subprocess.run(argv, input=input, capture_output=True, timeout=timeout, env=env, check=False)
    except subprocess.TimeoutExpired as error:
        raise NetlabError(f"`{shlex.join(argv)}` did not end within {timeout:g} s.") from error
    except (FileNotFoundError, PermissionError) as error:
        raise _cannot_start(argv[0], None, error) from error
    return Completed(done.returncode, done.stdout, done.stderr)


@contextmanager
def _nothing_ignored() -> Iterator[None]:
    """A child that is spawned in here ignores no signal that netlab was told to ignore.

    What is ignored stays so in a new program, what is handled does not (execve(2)); a shell has its background jobs
    ignore SIGINT, nohup SIGHUP, and Textual SIGTTOU: a learner's program could not be interrupted. So the signals are
    handled meanwhile, by nothing. Only the main thread can change that.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ignored = [number for number in _ORDINARY if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


def _cannot_start(command: str, cwd: Path | None, error: OSError) -> NetlabError:
    if cwd is not None and not cwd.is_dir():
        return UsageError(f"The folder {cwd} does not exist.")
    if not isinstance(error, FileNotFoundError):
        return UnavailableError(f"`{command}` cannot be run: {error.strerror}.")
    package = _DEBIAN_PACKAGES.get(Path(command).name)
    remedy = f"Install it: apt-get install {package}" if package else "Install it, or name another."
    return UnavailableError(f"`{command}` is not there.", remedy)
