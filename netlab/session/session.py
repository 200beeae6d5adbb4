"""A learner at work on one lab: ties the folder, the run, the checks and the progress together. No terminal, no pytest.

Imperative calls go in; rare facts come out to whoever subscribed; floods (terminals, the record) are read as snapshots.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from netlab.courseware.folders import files_of, lay_out, start_over
from netlab.courseware.guide import GuideStep, load_guide
from netlab.courseware.model import HintModel, Lab, SceneModel
from netlab.errors import UsageError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session.checks import Checks
from netlab.session.facts import Fact, FilesWritten
from netlab.session.folder import SUFFIXES, Version, WorkFolder
from netlab.session.hands import Hands
from netlab.session.lock import FolderLock
from netlab.session.predicting import Predictions
from netlab.session.runs import KeptRuns
from netlab.session.scene import SCRIPT, Run, scene_by_hand, usual_scene
from netlab.session.unsaved import UnsavedText
from netlab.session.watching import FolderWatch
from netlab.stage.byhand import deeds, rules_by_hand, script
from netlab.tasks import begin

CTRL_C = b"\x03"


class LabSession:
    """Open it, work, close it; closing ends everything that it started."""

    def __init__(
        self, lab: Lab, folder: Path, progress: Progress, data: Path, capability: Callable[[], Capability]
    ) -> None:
        self.lab = lab
        self._progress = progress
        self._lock = FolderLock(data, folder)
        self._listeners: list[Callable[[Fact], None]] = []
        self._watching: asyncio.Task[None] | None = None
        self._checked: dict[str, Version] = {}
        self.path = folder
        self.files = WorkFolder(folder)
        self.unsaved = UnsavedText(data, folder)
        self.runs = KeptRuns(data, folder)
        self.run = Run(lab, folder, capability, self._tell, self.runs.keep)
        self.hands = Hands(self.run)
        self.checks = Checks(lab, folder, progress, capability, self._tell, data)
        self.predictions = Predictions(lab, self.files)
        self.scene = usual_scene(lab)
        """What F5 plays next."""

    # Coming and going.

    def take_folder(self) -> int:
        """0 when nobody else works in the folder, else the process that does (see FolderLock)."""
        return self._lock.take()

    def open(self) -> None:
        """Lays out the starter where the folder is not there yet, remembers it, and watches it."""
        if not self.path.is_dir() or not any(self.path.iterdir()):
            lay_out(self.lab, self.path)
        self._progress.remember_folder(self.lab.id, self.path)
        watch = FolderWatch(self.path, SUFFIXES)
        self._watching = begin(watch.run(self._written))

    async def close(self) -> None:
        """Ends programs and checks, and gives the folder back."""
        if self._watching is not None:
            self._watching.cancel()
        await self.checks.stop()
        self.hands.close()
        await self.run.stop()
        self.run.close()
        self._lock.release()

    def subscribe(self, listener: Callable[[Fact], None]) -> None:
        """Every fact from now on, in order, on the event loop's thread."""
        self._listeners.append(listener)

    # The lab, as a learner sees it.

    def scenes(self) -> list[SceneModel]:
        """What can be played: by hand, then the lab's own."""
        return [scene_by_hand(self.lab), *self.lab.scenes]

    def guide(self, language: str) -> tuple[GuideStep, ...]:
        """The guide's steps; none where the lab has no guide yet."""
        return load_guide(self.lab, language) if (self.lab.path / "guide.md").is_file() else ()

    def file_names(self) -> list[str]:
        """The programs' files first, in the lab's order, then whatever else of text is in the folder."""
        own = list(dict.fromkeys(program.file for program in self.lab.programs))
        there = self.files.names()
        return [name for name in own if name in there] + [name for name in there if name not in own]

    def hints_open(self) -> int:
        """How many of the lab's hints were opened."""
        return len([item for item in self._progress.revealed(self.lab.id, "hint") if item.isdigit()])

    def next_hint(self) -> tuple[int, HintModel] | None:
        """Opens the next hint and records that; the last one again when all are open, None where there are none."""
        if not self.lab.hints:
            return None
        opened = self.hints_open()
        if opened == len(self.lab.hints):
            return opened, self.lab.hints[-1]
        self._progress.record_reveal(self.lab.id, "hint", str(opened + 1))
        return opened + 1, self.lab.hints[opened]

    def solution(self) -> dict[str, str]:
        """The solution's files and their text. That they were shown is recorded, and is not passing."""
        self._progress.record_reveal(self.lab.id, "solution", "")
        folder = self.lab.solution_folder
        return {str(name): (folder / name).read_text("utf-8", errors="replace") for name in files_of(folder)}

    def solution_shown(self) -> bool:
        """Whether it ever was."""
        return bool(self._progress.revealed(self.lab.id, "solution"))

    # What the learner does.

    def save(self, name: str, text: str, *, force: bool = False) -> None:
        """See WorkFolder.save. What was kept of the file as unsaved is forgotten; the check follows by itself."""
        self.files.save(name, text, force=force)
        self.unsaved.forget(name)

    def kept_text(self) -> dict[str, str]:
        """Text that was typed and never saved, by file, where it is not what the file holds."""
        kept = self.unsaved.kept()
        return {name: text for name, text in kept.items() if self.files.text_now(name) != text}

    def check(self) -> None:
        """Judges the files as they are on disk; results come as facts."""
        self._checked = self.files.versions()
        self.checks.start()

    def script_there(self) -> bool:
        """Whether the folder has a wire script."""
        return (self.path / SCRIPT).is_file()

    def keep_script(self, *, behind: bool = False) -> int:
        """Writes what was done by hand in this run as a wire script, which runs by hand use from now on.

        `behind`: after what is in the script already, instead of in its place. How many rules were written. UsageError
        where nothing was done that a rule could do.
        """
        record = self.run.record
        if record is None or not deeds(record):
            raise UsageError("Nothing was dropped, held or delayed by hand in this run.")
        before = self.files.read(SCRIPT) if behind and self.script_there() else ""
        self.save(SCRIPT, script(record, before), force=True)
        self.run.by_script = True
        return len(rules_by_hand(record, behind_others=bool(before)))

    async def start_over(self) -> Path:
        """The starter again; what the folder held is moved into the folder returned. Nothing runs any more then."""
        await self.checks.stop()
        await self.run.stop()
        kept = start_over(self.lab, self.path)
        self.files.forget()
        self.checks.forget()
        return kept

    def type(self, terminal: str, data: bytes) -> None:
        """What was typed at a terminal; nothing happens where no program is there to read it."""
        running = self.run.program(terminal)
        if running is None or running.program.ended is not None:
            return
        if data == CTRL_C:
            running.program.interrupt()
        else:
            running.program.type(data)

    def resize(self, terminal: str, columns: int, rows: int) -> None:
        """The terminal has another size now; its program is told, and so is the next one there."""
        self.run.sizes[terminal] = columns, rows
        running = self.run.program(terminal)
        if running is not None and running.program.ended is None:
            running.program.resize(columns, rows)

    def _written(self, names: set[str]) -> None:
        """Files were written, here or elsewhere: a check follows, unless these very texts are being checked already."""
        self._tell(FilesWritten(frozenset(names)))
        if self.files.versions() != self._checked:
            self.check()

    def _tell(self, fact: Fact) -> None:
        for listener in self._listeners:
            listener(fact)
