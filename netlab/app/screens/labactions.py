"""The lab screen's actions around learning and the place of work. Each is a line: the work is done elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.screen import Screen

from netlab.app.screens import learning, predict
from netlab.app.widgets.checks import ChecksPane

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


class LabActions(Screen[None]):
    """What LabScreen inherits; it is no screen by itself."""

    @property
    def _lab(self) -> LabScreen:
        return cast("LabScreen", self)

    @work(exclusive=True, group="hint")
    async def action_hint(self) -> None:
        await learning.hint(self._lab)

    @work(exclusive=True, group="hint")
    async def action_solution(self) -> None:
        await learning.solution(self._lab)

    @work(exclusive=True, group="hint")
    async def action_finish(self) -> None:
        await learning.finish(self._lab)

    @work(exclusive=True, group="predict")
    async def predict(self) -> None:
        """Every question of the lab, again."""
        await learning.predict_all(self._lab)

    @on(ChecksPane.PredictionChosen)
    @work(exclusive=True, group="predict")
    async def _predict_one(self, message: ChecksPane.PredictionChosen) -> None:
        await predict.ask(self._lab, message.prediction)

    @on(ChecksPane.EvidenceChosen)
    @work(exclusive=True, group="run")
    async def _show_evidence(self, message: ChecksPane.EvidenceChosen) -> None:
        await self._lab.attempt(learning.show_evidence(self._lab, message.path, message.frame))
