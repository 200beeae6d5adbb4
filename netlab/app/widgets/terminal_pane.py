"""A terminal under a title that says whose it is, where, and how its program is."""

from __future__ import annotations

import signal

from textual.app import ComposeResult

from netlab.app.texts import t
from netlab.app.widgets.pane import Pane
from netlab.app.widgets.terminal import TerminalView
from netlab.courseware.model import HostModel
from netlab.programs.program import Program
from netlab.record.past import ProgramThen, program_at
from netlab.record.record import Record
from netlab.session.session import LabSession

LOOK_EVERY = 6
"""Frames between two looks at how a program is."""


class TerminalPane(Pane):
    """A terminal under a title that says whose it is, where, and how its program is."""

    def __init__(self, session: LabSession, terminal: str, host: HostModel, file: str) -> None:
        super().__init__(f"{terminal}  {host.address}", name_id=f"terminal-{terminal}")
        self.add_class("terminal")
        self.terminal = terminal
        self._session = session
        self._host = host
        self._file = file
        self._program: Program | None = None
        self._frames = 0
        self._then: ProgramThen | None = None
        """How the program was in a run that is over, or at a moment of the past."""
        self._view = TerminalView(session, terminal)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._view

    async def fill(self) -> None:
        if self._then is None:
            self.attach()

    def take_focus(self) -> None:
        self._view.focus()

    def retell(self) -> None:
        """Says again how it is, in the language in force."""
        runs = self._then is None and any(program.name == self.terminal for program in self._session.lab.programs)
        self._view.idle = t("press-run", file=self._file, host=self._host.name) if runs else ""
        self._view.refresh()
        self.state = self._how()

    def cleared(self) -> None:
        """A new run begins: what stands here is of the last one."""
        self._program = self._then = None
        self._view.watch_program(None)
        self.retell()

    def attach(self, *, again: bool = False) -> None:
        """Shows the program that is at this terminal now; `again`: from the beginning, after a look at the past."""
        running = self._session.run.program(self.terminal)
        program = running.program if running else self._program
        if program is not self._program or again:
            self._program, self._then = program, None
            self._view.watch_program(program)
        self._view.pull()
        self.retell()

    def replay(self, record: Record | None, moment: int | None = None) -> None:
        """Shows what this terminal showed in a run that is over, or at a moment of any run."""
        self._program = None
        self._then = program_at(record, self.terminal, moment) if record is not None else ProgramThen(False, b"", None)
        self._view.show_output(self._then.output)
        self.retell()

    def pull(self, budget: float) -> None:
        """Takes in new output and, every few frames (a look costs a read of /proc), says how the program is."""
        self._view.pull(budget)
        self._frames += 1
        if self._frames % LOOK_EVERY == 0:
            self.state = self._how()

    def _how(self) -> str:
        program = self._program
        ended = program.ended if program is not None else self._then.ended if self._then is not None else None
        if ended is not None:
            return t("ended", code=ended) if ended >= 0 else t("killed", signal=signal.Signals(-ended).name)
        if program is None:
            return t("was-running" if self._then is not None and self._then.started else "not-running")
        return t("waits-for-you") if program.waiting_for_input else t("running")
