"""A learner's program while it runs: typed into, listened to, and ended with all that it started."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from os import killpg
from typing import Self

from netlab.processes.enclosure import Enclosure, inner_pid
from netlab.processes.spawning import Process, spawn
from netlab.programs.environment import learner_environment
from netlab.programs.launching import grouped_command, isolated_command
from netlab.programs.pseudoterminal import CTRL_C, Pseudoterminal
from netlab.programs.spec import KIB, Limits, ProgramSpec, readable_size
from netlab.programs.transcript import Transcript
from netlab.programs.watching import overrun, waits_for_input

_LAST_OUTPUT_SECONDS = 1.0  # for what a program on the loopback left behind with the terminal still open

Enter = Callable[[], AbstractContextManager[None]]


class Program:
    """A running program and its terminal; make one with `start`, and always `stop` it."""

    def __init__(
        self,
        spec: ProgramSpec,
        enter: Enter,
        on_output: Callable[[bytes], None] | None,
        on_input: Callable[[bytes], None] | None,
        limits: Limits,
    ) -> None:
        self.spec = spec
        self.limits = limits
        self.transcript = Transcript()
        self.started_at = time.monotonic_ns()
        self.ended_by_netlab = ""
        """The limit that it was ended for, as a sentence's second half; empty where it was not."""
        self.answered = 0
        """Bytes of its output that its terminal has given the answers to which it asked for."""
        self._on_output = on_output
        self._on_input = on_input
        self._pid = 0
        self._hold_at: int | None = None
        self._ended: int | None = None
        self._changed = asyncio.Event()
        self._terminal = Pseudoterminal(spec.columns, spec.rows, self._heard)
        self._enclosure: Enclosure | None = None
        try:
            self._process = self._spawn(enter)
        except BaseException:
            self._terminal.close()
            raise
        self._terminal.close_device()
        self._supervisor = asyncio.create_task(self._supervise(), name=f"supervise {spec.name}")
        self._watch = asyncio.get_running_loop().call_later(limits.watch_seconds, self._look)

    @classmethod
    def start(
        cls,
        spec: ProgramSpec,
        enter: Enter = nullcontext,
        *,
        on_output: Callable[[bytes], None] | None = None,
        on_input: Callable[[bytes], None] | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Start a program on a new terminal, within `enter()`: there the spawning thread stands on the program's host.

        Call it from the main thread, with the loop running. `on_output` gets every byte, the transcript a part of a
        flood; `on_input` gets what is typed. Raises UnavailableError where the interpreter or a tool is missing,
        UsageError where the folder is.
        """
        return cls(spec, enter, on_output, on_input, limits or Limits())

    def _spawn(self, enter: Enter) -> Process:
        program = (str(self.spec.python), *self.spec.argv)
        if not self.spec.isolated:
            argv = grouped_command(program, self._terminal.device_path, self.limits)
            return self._spawn_child(enter, argv, self._terminal.device)
        return self._spawn_enclosed(enter, isolated_command(program, self.limits))

    def _spawn_enclosed(self, enter: Enter, argv: list[str]) -> Process:
        enclosure = Enclosure.open(self._terminal.device)
        try:
            process = self._spawn_child(enter, enclosure.argv(*argv), enclosure.ready)
        except BaseException:
            enclosure.end_now()
            raise
        finally:
            enclosure.entered()
        self._enclosure = enclosure
        return process

    def _spawn_child(self, enter: Enter, argv: list[str], stdin: int) -> Process:
        device = self._terminal.device
        with enter():
            return spawn(
                argv,
                stdin=stdin,
                stdout=device,
                stderr=device,
                env=learner_environment(self.spec.folder, self.spec.trace),
                cwd=self.spec.folder,
                new_session=True,
            )

    @property
    def pid(self) -> int:
        """The learner's Python as seen from here; 0 for the first milliseconds of an isolated program."""
        if not self._pid:
            self._pid = inner_pid(self._process.pid) if self._enclosure else self._process.pid
        return self._pid

    @property
    def ended(self) -> int | None:
        """Exit code, minus the signal's number where one ended it; known once the transcript has all of its output."""
        return self._ended

    @property
    def waiting_for_input(self) -> bool | None:
        """Whether it waits for a line or a key on its terminal now; None where that cannot be told."""
        waits = waits_for_input(self.pid) if self._ended is None and self.pid else False
        return True if waits is None and self._terminal.takes_keys else waits

    @property
    def remark(self) -> str:
        """What there is to say about its end besides the code: the limit that it ran into. Or nothing."""
        too_long = self.ended == -signal.SIGXFSZ or "[Errno 27]" in self.transcript.text()[-KIB:]
        if self.ended is not None and too_long:
            return f"wrote more than {readable_size(self.limits.file_bytes)} to one file"
        return self.ended_by_netlab

    def type(self, data: bytes) -> None:
        """Type into its terminal. Never blocks: what the terminal cannot take yet follows later."""
        if self._on_input is not None:
            self._on_input(data)
        self._terminal.write(data)

    def interrupt(self) -> None:
        """Press Ctrl-C: the terminal turns it into SIGINT, unless the program has told it otherwise."""
        if self._on_input is not None:
            self._on_input(CTRL_C)
        self._terminal.interrupt()

    def resize(self, columns: int, rows: int) -> None:
        """Give its terminal another size; it gets SIGWINCH."""
        self._terminal.resize(columns, rows)

    def hold_at(self, position: int | None) -> None:
        """Read no more than so many bytes of its output in all, give or take a piece; None: all that comes.

        What is not read stays in the terminal: when that is full, the kernel holds the program back.
        """
        self._hold_at = position
        self._read_or_not()

    def answer(self, data: bytes) -> None:
        """What its terminal answers by itself: typed into it, and no keystroke of anybody's."""
        self._terminal.write(data)

    def _read_or_not(self) -> None:
        if self._hold_at is None or self.transcript.total < self._hold_at:
            self._terminal.resume()
        else:
            self._terminal.pause()

    async def wait(self) -> int:
        """Wait for the end, and for all of its output. Any number may wait, and be cancelled."""
        await asyncio.shield(self._supervisor)
        assert self._ended is not None
        return self._ended

    async def until(self, predicate: Callable[[Program], bool]) -> bool:
        """Wait until the predicate holds, asked again at every output; False where the program ended before it did.

        The caller sets the deadline.
        """
        while not (held := predicate(self)) and self._ended is None:
            await self._changed.wait()
        return held

    async def stop(self, grace: float = 2.0) -> int:
        """SIGTERM, up to `grace` seconds, SIGKILL. Nothing that it started is left. Returns how it ended."""
        self.hold_at(None)
        if self._ended is None:
            self._terminate()
            with suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    return await self.wait()
            self.kill()
        return await self.wait()

    def kill(self) -> None:
        """End it and all that it started at once; `wait` tells when that is done."""
        if self._enclosure is None:
            self._process.kill()
            return
        self._enclosure.close()
        if not self.pid:
            self._process.kill()
        self._process.signal(signal.SIGCONT)  # nsenter stops with a program that stopped itself

    def _terminate(self) -> None:
        if self._enclosure is None:
            self._process.terminate()
        elif self.pid:
            with suppress(ProcessLookupError):
                killpg(self.pid, signal.SIGTERM)
        else:
            self.kill()

    def _heard(self, data: bytes) -> None:
        self.transcript.add(data, time.monotonic_ns())
        if self._hold_at is not None:
            self._read_or_not()
        if self._on_output is not None:
            self._on_output(data)
        self._announce()

    def _announce(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _supervise(self) -> None:
        """Waits for the end, ends what the program left behind, reads its last words, and only then announces it."""
        code = await self._process.wait()
        self._watch.cancel()
        if self._enclosure is None:
            self._process.kill()
        else:
            await self._enclosure.end()
        self.hold_at(None)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_OUTPUT_SECONDS):
                await self._terminal.finished.wait()
        self._terminal.close()
        self._ended = code
        self._announce()

    def _look(self) -> None:
        if self.pid and (why := overrun(self.pid, self.limits, isolated=self.spec.isolated)):
            self.ended_by_netlab = why
            self.kill()
            return
        self._watch = asyncio.get_running_loop().call_later(self.limits.watch_seconds, self._look)
