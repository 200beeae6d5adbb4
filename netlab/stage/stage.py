"""One run: hosts, wire, programs, peers and the record of it all, set up together and ended together.

Sessions play scenes on a stage, the checking plugin plays checkpoints on one. A stage judges nothing.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from netlab.courseware.model import Lab, ProgramModel
from netlab.errors import UnavailableError, UsageError
from netlab.network.hosts import Host
from netlab.network.loopback import ADDRESS as LOOPBACK
from netlab.network.rules import Rule, rule_names
from netlab.network.states import SocketState
from netlab.programs.program import Program
from netlab.programs.spec import ProgramSpec
from netlab.stage import peers
from netlab.stage.networks import Capability, Network, free_port, open_network
from netlab.stage.pulse import Pulse
from netlab.stage.recording import Recording
from netlab.stage.supplied import SUPPLIED

READY_SECONDS = 5.0
"""How long a server may take until the kernel shows it ready."""
ELSEWHERE_SECONDS = 1.0
"""How much longer to wait for the right port when a server listens on another."""
LOOK_EVERY = 0.01
"""Seconds between two looks at the kernel's tables, which nobody beats the pulse for."""
ANY_ADDRESS = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Running:
    """A learner's program on its host, and what it was started for."""

    model: ProgramModel
    program: Program
    host: Host
    address: tuple[str, int]
    """HOST and PORT as it was told."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a server became ready, and where else it was found listening if it did not."""

    ready: bool
    elsewhere: tuple[tuple[str, int], ...] = ()


class Stage:
    """Where one run takes place. Open it with `async with Stage.open(...)`; what it started ends with it."""

    def __init__(
        self,
        lab: Lab,
        folder: Path,
        network: Network,
        recording: Recording,
        pulse: Pulse,
        python: Path,
        port: int | None = None,
    ) -> None:
        self.lab = lab
        self.folder = folder
        self.network = network
        self.recording = recording
        self.python = python
        self.port = self._free_here(port or lab.port)
        """Where servers are told to serve: as asked for, or a free one on the loopback."""
        self._last_port = self.port
        self.pulse = pulse
        self.programs: list[Running] = []
        self._peers: list[peers.Connection | peers.Listener | peers.Datagrams] = []

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        lab: Lab,
        folder: Path,
        *,
        capability: Capability,
        python: Path | None = None,
        port: int | None = None,
        scene: str = "",
        record_to: Path | None = None,
    ) -> AsyncIterator[Stage]:
        """Fresh hosts for a lab, for as long as the context lasts; then the record is saved, where a path is given."""
        async with open_network(lab, capability) as network:
            pulse = Pulse()
            with Recording(lab, network, pulse, scene) as recording:
                stage = cls(lab, folder, network, recording, pulse, python or Path(sys.executable), port)
                try:
                    yield stage
                finally:
                    await stage._end()
                    await recording.finish(record_to)

    @property
    def hosts(self) -> dict[str, Host]:
        """By name, as in lab.toml."""
        return dict(self.network.hosts)

    def another_port(self) -> int:
        """A port that this run has not used yet."""
        self._last_port = self._free_here(self._last_port + 1)
        return self._last_port

    def _free_here(self, port: int) -> int:
        """On hosts of its own a run has every port to itself; the loopback it shares with the whole machine."""
        return port if self.network.kind == "private" else free_port(LOOPBACK)

    async def set_rules(self, rules: Sequence[Rule]) -> None:
        """What the wire does to frames from now on. UnavailableError on the loopback, which has no wire."""
        if self.network.wire is None:
            raise UnavailableError("There is no wire on the loopback.", "`netlab doctor` says what is missing.")
        await self.network.wire.set_rules(rules)
        self.recording.record.name_rules(rule_names(rules))

    async def sync(self) -> None:
        """Take into the record whatever was sent before this call."""
        if self.network.wire is not None:
            await self.network.wire.flush()
        self.recording.refresh()

    # Programs.

    async def start(self, name: str, *extra: str, port: int | None = None, host: str | None = None) -> Running:
        """Start a program of the lab, or one that netlab supplies, with HOST and PORT filled in and `extra` behind its
        own arguments."""
        model = SUPPLIED.get(name) or self.lab.program(name)
        own = self.network.hosts[host or model.host]
        address = (self._serving_host(model, own).address, port or self.port)
        spec = self._spec(model, address, extra)
        program = self.recording.start(spec, own)
        running = Running(model, program, own, address)
        self.programs.append(running)
        return running

    def _serving_host(self, model: ProgramModel, own: Host) -> Host:
        """A server is told its own address, a client the server's."""
        if model.listens:
            return own
        serving = next((program for program in self.lab.programs if program.listens), None)
        return self.network.hosts[serving.host if serving else "server"]

    def _spec(self, model: ProgramModel, address: tuple[str, int], extra: Sequence[str]) -> ProgramSpec:
        if not (self.folder / model.file).is_file():
            raise UsageError(f"{self.folder / model.file} is not there.", f"`netlab start {self.lab.id}` lays it out.")
        values = {"{HOST}": address[0], "{PORT}": str(address[1])}
        arguments = [values.get(argument, argument) for argument in model.arguments]
        return ProgramSpec(
            name=self._terminal_name(model.name),
            argv=(model.file, *arguments, *extra),
            folder=self.folder,
            python=self.python,
            isolated=self.network.kind == "private",
        )

    def _terminal_name(self, name: str) -> str:
        """`client`, and `client-2` for the next one that runs beside it: the first that no program has."""
        taken = {running.program.spec.name for running in self.programs}
        names = (f"{name}-{number}" if number > 1 else name for number in count(1))
        return next(free for free in names if free not in taken)

    async def ready(self, running: Running, seconds: float = READY_SECONDS) -> Readiness:
        """Wait until the kernel shows the program's socket listening (TCP) or bound (UDP) where it was told to."""
        elsewhere: tuple[tuple[str, int], ...] = ()

        def settled() -> bool:
            nonlocal elsewhere
            ready, elsewhere = self._look_for_server(running)
            return ready or running.program.ended is not None or bool(elsewhere)

        await self.pulse.until(settled, seconds, look_every=LOOK_EVERY)
        if elsewhere:
            await self.pulse.until(
                lambda: self._look_for_server(running)[0] or running.program.ended is not None,
                ELSEWHERE_SECONDS,
                look_every=LOOK_EVERY,
            )
        if self.network.wire is not None:
            await self.network.wire.flush()  # it looks at the tables: the record shows the socket before anybody calls
        return Readiness(*self._look_for_server(running))

    def _look_for_server(self, running: Running) -> tuple[bool, tuple[tuple[str, int], ...]]:
        mine = [row for row in self.server_sockets(running) if row.local not in self._own_addresses()]
        there = [row for row in mine if row.local[1] == running.address[1]]
        ready = any(row.local[0] in (running.address[0], *ANY_ADDRESS) for row in there)
        return ready, () if ready else tuple(sorted({row.local for row in mine}))

    def server_sockets(self, running: Running) -> list[SocketState]:
        """The kernel's rows of listening (TCP) or bound (UDP) sockets on the program's host."""
        wanted = ("udp", "BOUND") if running.model.listens == "udp" else ("tcp", "LISTEN")
        return [row for row in self.sockets_near(running) if (row.protocol, row.state) == wanted]

    def sockets_near(self, running: Running) -> list[SocketState]:
        """All sockets of the program's host; on the loopback, only those on the port that it was told."""
        rows = running.host.sockets()
        return rows if self.network.kind == "private" else [row for row in rows if row.local[1] == running.address[1]]

    def _own_addresses(self) -> set[tuple[str, int]]:
        addresses = {peer.address for peer in self._peers if isinstance(peer, peers.Listener)}
        return addresses | {peer.local for peer in self._peers if isinstance(peer, peers.Datagrams)}

    # Peers.

    async def connect(
        self,
        host: str,
        address: tuple[str, int],
        *,
        source_port: int = 0,
        buffers: int = 0,
        largest_segment: int = 0,
    ) -> peers.Connection:
        """A TCP connection of netlab's own, from that host; see `peers.connect`. Raises OSError as the kernel says."""
        connection = await peers.connect(
            self.network.hosts[host],
            address,
            self.pulse,
            source_port=source_port,
            buffers=buffers,
            largest_segment=largest_segment,
        )
        self._peers.append(connection)
        return connection

    async def listen(self, host: str, port: int | None = None) -> peers.Listener:
        """A listening socket of netlab's own on that host."""
        listener = await peers.listen(self.network.hosts[host], port or self.port, self.pulse)
        self._peers.append(listener)
        return listener

    async def bind_datagrams(self, host: str, port: int = 0) -> peers.Datagrams:
        """A UDP socket of netlab's own on that host; port 0 takes a free one."""
        peer = await peers.bind_datagrams(self.network.hosts[host], port, self.pulse)
        self._peers.append(peer)
        return peer

    async def until(self, condition: Callable[[], bool], seconds: float, *, look_every: float | None = None) -> bool:
        """Whether the condition came true in time; looked at again whenever something happens on this stage."""
        return await self.pulse.until(condition, seconds, look_every=look_every)

    # What is going on.

    def activity(self) -> str:
        """What each program is doing now, in a line each: for a checkpoint that ran out of its time."""
        return "\n".join(self.doing(running) for running in self.programs)

    def doing(self, running: Running) -> str:
        """What one program is doing now: ended, blocked in a call at a line, or running."""
        if running.program.ended is not None:
            return f"{running.model.file} {how_it_ended(running.program.ended)}"
        return self.recording.blocked(running.program) or f"{running.model.file} is running"

    def where(self, running: Running) -> str:
        """The learner's own file and line that the program is at, or was at last; empty where no call shows it."""
        return self.recording.where(running.program)

    async def _end(self) -> None:
        for running in self.programs:
            await running.program.stop(grace=0.0)
        for peer in self._peers:
            await peer.dismantle()


def how_it_ended(code: int) -> str:
    """`ended with exit code 1`, or `was ended by signal 9`."""
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
