"""Gathers everything that happens on a stage into one record: the wire's log, terminals, calls, programs."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

from netlab.courseware.model import Lab
from netlab.network.hosts import Host
from netlab.programs.program import Program
from netlab.programs.spec import ProgramSpec
from netlab.record.events import Event, TerminalOutput
from netlab.stage.networks import Network
from netlab.stage.pulse import Pulse


class Recording:
    def __init__(self, lab: Lab, network: Network, scene: str = "") -> None:
        self._lab = lab
        self._network = network
        self.events: list[Event] = []

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    async def run(self, spec: ProgramSpec, host: Host, pulse: Pulse) -> Program:
        def heard(data: bytes) -> None:
            self.events.append(TerminalOutput(time.monotonic_ns(), spec.name, data))
            pulse.beat()

        program = Program.start(spec, host.inside, on_output=heard)
        import asyncio

        async def watch() -> None:
            await program.wait()
            pulse.beat()

        self._t = getattr(self, "_t", [])
        self._t.append(asyncio.create_task(watch()))
        return program

    def blocked(self, program: Program) -> str:
        return ""

    def where(self, program: Program) -> str:
        return ""

    def evidence(self) -> tuple[str, ...]:
        return ()

    async def finish(self, path: Path | None) -> None:
        for t in getattr(self, "_t", []):
            await t
