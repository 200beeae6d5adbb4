"""A scene that was played to its end, for the claims of a guide: frames, calls, states, terminals. Judges nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from netlab.checking.settings import Settings
from netlab.checking.sightings import Sighting, sightings
from netlab.courseware.model import Lab
from netlab.record.calls import Call
from netlab.record.events import CallEntered, CallReturned, Event, StateChanged, TerminalInput
from netlab.record.flows import NEVER, PROBE
from netlab.stage.scene import SceneStuck, play
from netlab.stage.stage import Stage


class Played:
    """What one run was up to a moment. A second program of a name is `NAME-2`, as its terminal is."""

    def __init__(self, stage: Stage, stuck: str = "") -> None:
        """The run on this stage until now; `so_far` waits for what is still on its way into the record."""
        self.record = stage.recording.record
        self.stuck = stuck
        """What a program did not do that the scene waited for; nothing where it came to its end."""
        self.until = time.monotonic_ns()
        """What happened later is not in it: the stage ends its programs."""
        self.sockets = {name: host.sockets() for name, host in stage.hosts.items()}
        """The kernel's table of each host."""
        self.files = _files(stage.folder)
        """The folder's files, by their names in it."""
        self.terminals = {one.program.spec.name: one.program.transcript.lines() for one in stage.programs}
        """The lines of each."""
        self.codes = {one.program.spec.name: one.program.ended for one in stage.programs}
        """How each program ended: its exit code, minus a signal's number; None where it still ran."""
        self._frames = list(sightings(self.record.frames))

    @classmethod
    async def so_far(cls, stage: Stage, stuck: str = "") -> Played:
        """Everything that was sent before this call is in it."""
        await stage.sync()
        return cls(stage, stuck)

    def frames(self, protocol: str = "", sender: str = "") -> list[Sighting]:
        """The segments and datagrams on the wire, in order; of one protocol, or one host, where it is named."""
        return [one for one in self._frames if protocol in ("", one.protocol) and sender in ("", one.sender)]

    def sent_again(self) -> list[Sighting]:
        """The segments that had been on the wire before."""
        self.record.flows.refresh()
        before = self.record.flows.sent_before
        return [one for one in self._frames if before[one.number - 1] not in (NEVER, PROBE)]

    def shows(self, program: str, text: str) -> bool:
        """Whether a line of that terminal contains the text."""
        return any(text in line for line in self.terminals[program])

    def calls(self, program: str, function: str = "") -> list[Call]:
        """The socket calls of a program, or those of one function; what has not returned is among them."""
        return [call for call in self._calls() if _is(call.entered, program, function)]

    def states(self, host: str, *, port: int = 0) -> list[str]:
        """The states that TCP sockets of the host came into, in order; of one remote port where it is named."""
        changes = [event for event in self._events() if isinstance(event, StateChanged)]
        mine = [one for one in changes if (one.host, one.protocol) == (host, "tcp") and one.new != "BOUND"]
        return [one.new for one in mine if port in (0, one.remote[1])]

    def typed_at(self, program: str, text: str) -> int:
        """When somebody typed this (ns of CLOCK_MONOTONIC). LookupError where nobody did."""
        inputs = (event for event in self._events() if isinstance(event, TerminalInput))
        found = [event.at for event in inputs if event.program == program and text.encode() in event.data]
        if not found:
            raise LookupError(f"nobody typed {text} into {program}")
        return found[0]

    def _calls(self) -> Iterator[Call]:
        returned = {event.call: event for event in self._events() if isinstance(event, CallReturned)}
        for event in self._events():
            if isinstance(event, CallEntered):
                yield Call(event, returned.get(event.call))

    def _events(self) -> Iterator[Event]:
        return (event for event in self.record.events if event.at <= self.until)


async def play_scene(lab: Lab, scene: str, folder: Path, settings: Settings) -> Played:
    """Plays a scene with the programs in the folder, on fresh hosts. Raises UsageError for an unknown scene."""
    chosen, stuck = lab.scene(scene), ""
    async with Stage.open(lab, folder, capability=settings.capability, python=settings.python, scene=scene) as stage:
        try:
            await play(stage, chosen)
        except SceneStuck as error:
            stuck = error.message
        return await Played.so_far(stage, stuck)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _is(entered: CallEntered, program: str, function: str) -> bool:
    return entered.program == program and function in ("", entered.function) and bool(entered.file)
