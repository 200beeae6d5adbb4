"""A scene that was played to its end, for the claims of a guide: frames, calls, states, terminals. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from netlab.checking.settings import Settings
from netlab.checking.sightings import Sighting, sightings
from netlab.courseware.model import Lab
from netlab.network.states import SocketState
from netlab.record.calls import Call
from netlab.record.events import CallEntered, CallReturned, StateChanged, TerminalInput
from netlab.record.flows import NEVER, PROBE
from netlab.record.record import Record
from netlab.stage.scene import SceneStuck, play
from netlab.stage.stage import Running, Stage


class Played:
    """What one run of a scene left behind. A second program of a name is `NAME-2`, as its terminal is."""

    def __init__(
        self, record: Record, stuck: str, sockets: dict[str, list[SocketState]], files: dict[str, bytes]
    ) -> None:
        self.record = record
        self.stuck = stuck
        """What a program did not do that the scene waited for; nothing where it came to its end."""
        self.sockets = sockets
        """The kernel's table of each host, when the scene was over and the programs still ran."""
        self.files = files
        """The folder's files after it, by their names in the folder."""
        self.terminals: dict[str, list[str]] = {}
        """The lines of each."""
        self.codes: dict[str, int | None] = {}
        """How each program ended: its exit code, minus a signal's number; None where it still ran."""
        self._frames = list(sightings(record.frames))

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
        changes = [event for event in self.record.events if isinstance(event, StateChanged)]
        mine = [one for one in changes if (one.host, one.protocol) == (host, "tcp") and one.new != "BOUND"]
        return [one.new for one in mine if port in (0, one.remote[1])]

    def typed_at(self, program: str, text: str) -> int:
        """When somebody typed this (ns of CLOCK_MONOTONIC). LookupError where nobody did."""
        inputs = (event for event in self.record.events if isinstance(event, TerminalInput))
        found = [event.at for event in inputs if event.program == program and text.encode() in event.data]
        if not found:
            raise LookupError(f"nobody typed {text} into {program}")
        return found[0]

    def _calls(self) -> Iterator[Call]:
        returned = {event.call: event for event in self.record.events if isinstance(event, CallReturned)}
        for event in self.record.events:
            if isinstance(event, CallEntered):
                yield Call(event, returned.get(event.call))

    def note_programs(self, programs: list[Running]) -> None:
        """Takes down what each shows and how it ended."""
        for running in programs:
            name = running.program.spec.name
            self.terminals[name] = running.program.transcript.lines()
            self.codes[name] = running.program.ended


async def play_scene(lab: Lab, scene: str, folder: Path, settings: Settings) -> Played:
    """Plays a scene with the programs in the folder, on fresh hosts. Raises UsageError for an unknown scene."""
    chosen, stuck = lab.scene(scene), ""
    async with Stage.open(lab, folder, capability=settings.capability, python=settings.python, scene=scene) as stage:
        try:
            await play(stage, chosen)
        except SceneStuck as error:
            stuck = error.message
        await stage.sync()
        tables = {name: host.sockets() for name, host in stage.hosts.items()}
        played = Played(stage.recording.record, stuck, tables, _files(folder))
        played.note_programs(stage.programs)
    return played


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _is(entered: CallEntered, program: str, function: str) -> bool:
    return entered.program == program and function in ("", entered.function) and bool(entered.file)
