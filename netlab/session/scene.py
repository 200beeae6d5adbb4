"""One run at a time: fresh hosts, the programs of a scene on them, restarts on the living hosts, and the end of it all.

A run outlives its scene's last step: the learner goes on typing. The record outlives the run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

from netlab.courseware.model import Lab, SceneModel, SceneStep, StepKind
from netlab.errors import NetlabError, UnavailableError, UsageError
from netlab.network.entering import Capability
from netlab.record.record import Record
from netlab.session.facts import (
    Fact,
    ProgramExited,
    ProgramStarted,
    RecordOpened,
    RunStopped,
    SceneFinished,
    SceneStarted,
)
from netlab.stage.scene import play
from netlab.stage.stage import Running, Stage
from netlab.stage.supplied import LINE_CLIENT
from netlab.tasks import begin

BY_HAND = ""
"""The id of the run in which nothing is typed for the learner."""

SCRIPT = "wire.toml"
"""The wire script that a run by hand uses, where it is in the folder and is wanted."""

GRACE = 1.0
"""Seconds that a program gets between TERM and KILL."""


def scene_by_hand(lab: Lab) -> SceneModel:
    """Every program of the lab started, servers first, and the keyboards left to the learner."""
    servers = [program for program in lab.programs if program.listens]
    clients = [program for program in lab.programs if not program.listens]
    steps = tuple(_start(lab, program.name) for program in (*servers, *clients))
    return SceneModel(BY_HAND, "By hand", "自己动手", "", steps)


def _start(lab: Lab, program: str) -> SceneStep:
    """With the arguments that the lab's own scenes give it: a file server needs to be told its folder."""
    starts = (step for scene in lab.scenes for step in scene.steps if step.kind is StepKind.START)
    return next((step for step in starts if step.program == program), SceneStep(StepKind.START, program))


def usual_scene(lab: Lab) -> SceneModel:
    """What a first F5 plays: by hand, where a lab is one server and one client; else the lab's first scene."""
    return scene_by_hand(lab) if len(lab.programs) <= 2 or not lab.scenes else lab.scenes[0]


class Run:
    """The stage of this moment, if any, and what is played on it."""

    def __init__(
        self,
        lab: Lab,
        folder: Path,
        capability: Callable[[], Capability],
        tell: Callable[[Fact], None],
        keep: Callable[[Record], None] = lambda record: None,
    ) -> None:
        """`keep` is given the record of each run as it ends."""
        self._lab = lab
        self._folder = folder
        self.capability = capability
        self._tell = tell
        self._keep_for_later = keep
        self._opened: AbstractAsyncContextManager[Stage] | None = None
        self._playing: asyncio.Task[None] | None = None
        self._watching: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self.stage: Stage | None = None
        self.record: Record | None = None
        """Of this run or, when it has been stopped, of the last."""
        self._older: Record | None = None
        self.sizes: dict[str, tuple[int, int]] = {}
        """Columns and rows of the terminals that are shown: a program finds its own so from its first moment on."""
        self.by_script = not any(scene.wire == SCRIPT for scene in lab.scenes)
        """Whether a run by hand uses the folder's wire script: it does, unless a scene of the lab owns it."""

    @property
    def running(self) -> list[str]:
        """Names of the terminals whose programs live."""
        return [one.program.spec.name for one in self._programs() if one.program.ended is None]

    def program(self, terminal: str) -> Running | None:
        """The program at that terminal, alive or ended."""
        return next((one for one in reversed(self._programs()) if one.program.spec.name == terminal), None)

    async def play(self, scene: SceneModel) -> None:
        """Ends what runs, opens fresh hosts, and begins the scene; returns while it plays."""
        async with self._turn:
            await self._stop()
            scene = self._with_script(scene)
            self._opened = _ToldStage.open(self._lab, self._folder, capability=self.capability(), scene=scene.id)
            self.stage = await self._opened.__aenter__()
            assert isinstance(self.stage, _ToldStage)
            self.stage.on_start = self._started
            self._keep(self.stage.recording.record)
            self._tell(SceneStarted(scene.id))
            self._playing = begin(self._play(self.stage, scene))

    def _with_script(self, scene: SceneModel) -> SceneModel:
        wanted = scene.id == BY_HAND and self.by_script and self.capability().private
        return replace(scene, wire=SCRIPT) if wanted and (self._folder / SCRIPT).is_file() else scene

    async def stop(self) -> None:
        """Ends every program and lets the hosts go."""
        async with self._turn:
            if await self._stop():
                self._tell(RunStopped())

    async def restart(self, terminal: str) -> bool:
        """Ends one program and starts it again on the same host; False where there is no such program on a stage."""
        async with self._turn:
            running = self.program(terminal)
            if self.stage is None or running is None:
                return False
            await running.program.stop(GRACE)
            self.stage.programs.remove(running)
            await self.stage.start(running.model.name, *_extra(running), host=running.host.name)
            return True

    async def add_client(self, protocol: str = "tcp") -> str:
        """Starts a line client of netlab's own beside the programs, on the host that has the least to do.

        The name of its terminal. UsageError where nothing runs yet.
        """
        async with self._turn:
            if self.stage is None:
                raise UsageError("Nothing is running: there is no server to connect to.", "F5 runs the scene.")
            host = free_client_host(self._lab, [one.host.name for one in self._programs() if one.program.ended is None])
            running = await self.stage.start(LINE_CLIENT, protocol, host=host)
            return running.program.spec.name

    async def reboot(self, host: str) -> None:
        """Ends a host's programs as a power failure does, and gives it a new namespace with the same addresses."""
        async with self._turn:
            if self.stage is None or self.stage.network.wire is None:
                raise UnavailableError(f"{host} cannot be rebooted.", "`netlab doctor` says what is missing.")
            await self.stage.network.wire.cut(host)  # or its last words reach the others
            for running in [one for one in self._programs() if one.host.name == host]:
                await running.program.stop(grace=0.0)
            await self.stage.network.reboot(host)

    async def show(self, record: Record) -> None:
        """Ends what runs, and shows this record in its place; the record is closed with the run."""
        async with self._turn:
            await self._stop()
            self._keep(record)
            self._tell(RecordOpened())

    def refresh(self) -> None:
        """Takes in what the wire and the programs' tracers wrote since."""
        if self.stage is not None:
            self.stage.recording.refresh()

    def seconds_left(self, host: str, local: tuple[str, int], remote: tuple[str, int]) -> float | None:
        """How long the kernel still keeps a closed connection (TIME-WAIT, FIN-WAIT-2); 0 once it has forgotten it.

        None while the connection lives, and where nothing runs.
        """
        if self.stage is None or host not in self.stage.hosts:
            return None
        rows = self.stage.hosts[host].sockets()
        row = next((row for row in rows if (row.protocol, row.local, row.remote) == ("tcp", local, remote)), None)
        if row is None:
            return 0.0
        return row.timer_ms / 1000 if row.timer == "time-wait" else None

    def _keep(self, record: Record) -> None:
        """The record of now; the last one stays open for who may still draw it, the one before is let go."""
        if self._older is not None:
            self._older.close()
        self._older, self.record = self.record, record

    def close(self) -> None:
        """Lets the records go. Nothing may run any more."""
        for record in (self._older, self.record):
            if record is not None:
                record.close()
        self._older = self.record = None

    async def _stop(self) -> bool:
        if self._opened is None:
            return False
        opened, self._opened = self._opened, None
        await _cancel(self._playing)
        await opened.__aexit__(None, None, None)
        self.stage = None
        await asyncio.gather(*self._watching)
        if self.record is not None:
            self._keep_for_later(self.record)
        return True

    async def _play(self, stage: Stage, scene: SceneModel) -> None:
        failure = ""
        try:
            await play(stage, scene)
        except NetlabError as error:
            failure = str(error)
        self._tell(SceneFinished(scene.id, failure))

    def _started(self, running: Running) -> None:
        """Tells of a program that was started, and of its end whenever that comes."""
        if size := self.sizes.get(running.program.spec.name):
            running.program.resize(*size)
        self._tell(ProgramStarted(running.program.spec.name))
        task = begin(self._tell_end(running))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _tell_end(self, running: Running) -> None:
        self._tell(ProgramExited(running.program.spec.name, await running.program.wait()))

    def _programs(self) -> list[Running]:
        return self.stage.programs if self.stage else []


class _ToldStage(Stage):
    """A stage that tells of each program that it started, whoever asked for it."""

    on_start: Callable[[Running], None] = staticmethod(lambda running: None)

    async def start(self, name: str, *extra: str, port: int | None = None, host: str | None = None) -> Running:
        running = await super().start(name, *extra, port=port, host=host)
        self.on_start(running)
        return running


def free_client_host(lab: Lab, busy: Sequence[str]) -> str:
    """The host that the fewest of the busy ones' names are of; where servers are, only if there is no other."""
    serving = {program.host for program in lab.programs if program.listens}
    hosts = [host.name for host in lab.hosts if host.name not in serving] or [host.name for host in lab.hosts]
    return min(hosts, key=busy.count)


def _extra(running: Running) -> tuple[str, ...]:
    """What followed the program's own arguments when it was started."""
    own = 1 + len(running.model.arguments)
    return running.program.spec.argv[own:]


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is not None and not task.done():
        task.cancel()
        await asyncio.wait([task])
