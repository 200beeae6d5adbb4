"""What the lab screen does to the run: play, stop, restart, check, a client more, a saved run in its place."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from textual import work

from netlab.app.notices import say, tell_error
from netlab.app.screens import handling, predict, saving
from netlab.app.screens.labactions import LabActions
from netlab.app.texts import t
from netlab.courseware.model import SceneModel
from netlab.errors import NetlabError

T = TypeVar("T")


class RunActions(LabActions):
    """What LabScreen inherits; it is no screen by itself."""

    def action_run(self) -> None:
        self.play(self._lab.session.scene)

    @work(exclusive=True, group="run")
    async def play(self, scene: SceneModel) -> None:
        """Saves, and plays a scene on fresh hosts."""
        lab = self._lab
        if await saving.save_all(lab):
            await predict.before_run(lab)
            lab.session.scene = scene
            await self.attempt(lab.session.run.play(scene))

    @work(exclusive=True, group="run")
    async def action_stop(self) -> None:
        await self.attempt(self._lab.session.run.stop())

    def action_restart(self) -> None:
        terminals = self._lab.terminals
        chosen = next((pane.terminal for pane in terminals if pane.has_focus_within), "")
        self.restart(chosen or terminals[0].terminal)

    @work(exclusive=True, group="run")
    async def restart(self, terminal: str) -> None:
        """Saves, and starts one program again on the living hosts."""
        if await saving.save_all(self._lab) and not await self.attempt(self._lab.session.run.restart(terminal)):
            say(self, t("nothing-to-restart"))

    @work(exclusive=True, group="check")
    async def action_check(self) -> None:
        if await saving.save_all(self._lab):
            await predict.before_run(self._lab)
            self._lab.session.check()

    def action_add_client(self) -> None:
        self.add_client("tcp")

    def add_client(self, protocol: str) -> None:
        """A client by hand beside the programs."""
        self.run_worker(handling.add_client(self._lab, protocol), group="run")

    def open_record(self) -> None:
        """A saved run in place of this one."""
        self.run_worker(handling.open_record(self._lab), group="run")

    async def attempt(self, doing: Awaitable[T]) -> T | None:
        """What it comes to; where it does not work, that is told, and it comes to nothing."""
        try:
            return await doing
        except NetlabError as error:
            tell_error(self, error)
            return None
