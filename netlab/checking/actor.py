"""A learner's program under trial: what it shows, when it is ready, how it ends. Raises CheckpointFailed where not so.

Judged are bytes, exit codes, terminals and kernel states: nothing that the tracer says, which runs inside the learner's
interpreter.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from netlab.checking.difference import shown
from netlab.checking.lastlines import ends_with_traceback, last_lines
from netlab.checking.verdicts import CheckpointFailed
from netlab.checking.waits import A_MOMENT, AFTERMATH, PATIENCE
from netlab.network.states import SocketState
from netlab.stage.stage import READY_SECONDS, Running, Stage, how_it_ended


class Actor:
    """A learner's program under trial."""

    def __init__(self, stage: Stage, running: Running) -> None:
        self.stage = stage
        self.running = running
        self.program = running.program
        self.file = running.model.file
        self._stopped = False

    def fail(self, expected: str, got: str) -> NoReturn:
        """Raises CheckpointFailed with what the program is doing, or how it ended, and where."""
        ended = self.program.ended
        if ended is not None and not self._stopped:
            remark = f" ({self.program.remark})" if self.program.remark else ""
            ending = f"{self.file} {how_it_ended(ended)}{remark}; its last lines:\n{self.last_lines()}"
            got = f"{got}\n{ending}" if got else ending
        raise CheckpointFailed(expected, got, self.stage.where(self.running), self.stage.recording.evidence())

    def last_lines(self) -> str:
        """The end of what its terminal showed; a traceback's file names without the learner's folder."""
        folder = f"{self.program.spec.folder}/"
        return last_lines([line.replace(folder, "") for line in self.program.transcript.lines() if line.strip()])

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Whether the condition came true in time, and before the program ended."""
        await self.stage.until(lambda: condition() or self.program.ended is not None, seconds)
        return condition()

    async def may_end(self) -> None:
        """Its connection is gone: if that is because it ended, its end is about to show."""
        await self.until(lambda: False, AFTERMATH)

    async def is_ready(self) -> None:
        """The kernel shows it listening where it was told to."""
        readiness = await self.stage.ready(self.running)
        if readiness.ready:
            return
        verb = "bound" if self.running.model.listens == "udp" else "listening"
        found = " and ".join(joined(address) for address in readiness.elsewhere)
        if self.program.ended is not None:
            got = "it ended before"
        else:
            got = f"it is {verb} at {found}" if found else f"it is not {verb} there after {READY_SECONDS:.0f} s"
        self.fail(f"{self.file} {verb} at {joined(self.running.address)}", got)

    def has_shown(self, text: str, *, word: bool = False) -> bool:
        """Whether a line on its terminal contains the text; a word, in either case."""
        return self.program.transcript.shows(text, any_case=word)

    async def shows(self, text: str, *, word: bool = False) -> None:
        """A line on its terminal contains the text, soon."""
        if not await self.until(lambda: self.has_shown(text, word=word)):
            seen = f"its terminal shows:\n{self.last_lines()}" if self.program.ended is None else ""
            self.fail(f"{self.file} prints a line with {shown(text)}", seen)

    async def seems_to_show(self, text: str) -> bool:
        """Whether the text came within a moment; nothing is judged by it."""
        return await self.until(lambda: self.has_shown(text), A_MOMENT)

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.program.type(line.encode() + b"\n")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.program.interrupt()

    async def exits(self, code: int, seconds: float = PATIENCE, *, expected: str = "") -> None:
        """It ends by itself in time, with that exit code and not with a traceback."""
        expected = expected or f"{self.file} ends by itself with exit code {code}"
        if not await self.until(lambda: self.program.ended is not None, seconds):
            raise CheckpointFailed(
                expected,
                f"it is still running after {seconds:.0f} s: {self.stage.doing(self.running)}\n{self.last_lines()}",
                self.stage.where(self.running),
            )
        if ends_with_traceback(self.program.transcript.lines()):
            self.fail(expected, "it ended with a traceback")
        if self.program.ended != code:
            self.fail(expected, "")

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """It does not run meanwhile, as on a busy machine: what comes waits in the kernel."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self.program.pid:
            with suppress(ProcessLookupError):
                os.kill(self.program.pid, number)

    def sockets(self) -> list[SocketState]:
        """The kernel's table on its host, now; on the loopback, only what is at its port."""
        return self.stage.sockets_near(self.running)

    async def stop(self) -> None:
        """End it, whatever it is doing: its connections end with it."""
        self._stopped = self.program.ended is None
        await self.program.stop(grace=0.0)


def joined(address: tuple[str, int]) -> str:
    """`10.0.0.2:7788`."""
    return f"{address[0]}:{address[1]}"
