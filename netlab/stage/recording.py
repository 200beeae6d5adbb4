"""Gathers everything that happens on a stage into one record: the wire's log, terminals, calls, programs."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import netlab
from netlab.courseware.model import Lab
from netlab.network.hosts import Host
from netlab.processes.scratch import make_scratch, remove_scratch
from netlab.programs.program import Program
from netlab.programs.spec import ProgramSpec
from netlab.programs.tracer.reading import TraceReader, told_as_waiting
from netlab.record.events import CallEntered, ProgramExited, ProgramStarted, TerminalInput, TerminalOutput
from netlab.record.record import Record, RecordMeta
from netlab.stage.networks import Network
from netlab.stage.pulse import Pulse


class Recording:
    """The record of a run in the making; a context, at whose end it stops following."""

    def __init__(self, lab: Lab, network: Network, pulse: Pulse, scene: str = "") -> None:
        self.record = Record(_meta(lab, network, scene), network.wire.log_fd if network.wire else -1)
        self._pulse = pulse
        self.scratch = make_scratch()
        """A folder for whatever the run needs on disk; it goes with the recording."""
        self._traces: dict[str, TraceReader] = {}
        self._last_calls: dict[str, CallEntered] = {}
        self._ends: list[asyncio.Task[None]] = []
        self._wanted = True

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        remove_scratch(self.scratch)

    def start(self, spec: ProgramSpec, host: Host) -> Program:
        """Start a program on a host; from here on its calls, its terminal and its end are in the record."""

        def heard(data: bytes) -> None:
            self.record.add(TerminalOutput(time.monotonic_ns(), spec.name, data))
            self._pulse.beat()

        def typed(data: bytes) -> None:
            self.record.add(TerminalInput(time.monotonic_ns(), spec.name, data))

        calls = self.scratch / f"{spec.name}.calls"
        self._traces[spec.name] = TraceReader(calls, host.name, spec.name)
        program = Program.start(replace(spec, trace=calls), host.inside, on_output=heard, on_input=typed)
        self.record.add(ProgramStarted(time.monotonic_ns(), spec.name, host.name, program.pid, spec.argv))
        self._ends.append(asyncio.create_task(self._tell_end(program)))
        return program

    async def _tell_end(self, program: Program) -> None:
        code = await program.wait()
        self.refresh()
        self.record.add(ProgramExited(time.monotonic_ns(), program.spec.name, code))
        self._pulse.beat()

    def give_up(self) -> None:
        """Nobody will look at the record any more: what is still to come is not read."""
        self._wanted = False

    def refresh(self) -> None:
        """Take in what the wire and the tracers have written since."""
        if not self._wanted:
            return
        self.record.refresh()
        for name, trace in self._traces.items():
            for event in trace.refresh():
                self.record.add(event)
                if isinstance(event, CallEntered) and event.file:
                    self._last_calls[name] = event

    def blocked(self, program: Program) -> str:
        """`server.py:18 recv() has been waiting for 2.0 s`; empty where no call of the learner's is under way."""
        call = self._waiting_call(program)
        return told_as_waiting(call, time.monotonic_ns()) if call else ""

    def where(self, program: Program) -> str:
        """The learner's line that the program waits in, or whose call was its last; empty where no call shows it."""
        call = self._waiting_call(program) or self._last_calls.get(program.spec.name)
        return f"{call.file}:{call.line}" if call else ""

    def _waiting_call(self, program: Program) -> CallEntered | None:
        """The newest of the learner's own calls that has not come back: in a thread of a server, not its accept()."""
        self.refresh()
        if program.ended is not None:
            return None
        waiting = [call for call in self._traces[program.spec.name].blocked if call.file]
        return waiting[-1] if waiting else None

    def evidence(self) -> tuple[str, ...]:
        """Where in the record to look: the last frame so far."""
        self.refresh()
        count = len(self.record.frames)
        return (f"frame {count}",) if count else ()

    async def finish(self, path: Path | None) -> None:
        """Wait for the programs' ends to be told, take in the rest, and save the record where a path is given."""
        await asyncio.gather(*self._ends)
        self.refresh()
        if path is not None:
            from netlab.record.saving import save  # a check saves no record unless it is asked to

            save(self.record, path)


def _meta(lab: Lab, network: Network, scene: str) -> RecordMeta:
    return RecordMeta(
        hosts=tuple((host.name, host.address) for host in network.hosts.values()),
        lab=lab.id,
        scene=scene,
        started_at=time.time_ns(),
        clock=time.monotonic_ns(),
        netlab=netlab.__version__,
        network=network.kind,
    )
