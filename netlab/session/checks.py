"""Checking in the background: one check at a time, a newer one takes the place of an older, results as they come."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from netlab.checking.forecast import prediction_key
from netlab.checking.runner import check
from netlab.checking.verdicts import CheckpointResult, LabReport, PredictionResult, Verdict
from netlab.courseware.model import Lab
from netlab.errors import NetlabError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.record.saving import SUFFIX
from netlab.session.facts import CheckBroke, CheckFinished, CheckpointJudged, CheckStarted, Fact
from netlab.tasks import begin


class Checks:
    """The verdicts on one lab: the newest of each checkpoint, and the check that is going on, if any."""

    def __init__(
        self,
        lab: Lab,
        folder: Path,
        progress: Progress,
        capability: Callable[[], Capability],
        tell: Callable[[Fact], None],
        data: Path,
    ) -> None:
        """The record of each checkpoint is kept below netlab's `data` folder until its next check."""
        self._lab = lab
        self._folder = folder
        self._progress = progress
        self._capability = capability
        self._tell = tell
        self._records = data / "checks" / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        self._going: asyncio.Task[None] | None = None
        self.results: dict[str, CheckpointResult] = {}
        """By checkpoint, of this session."""
        self.predictions: dict[str, PredictionResult] = {}
        """By prediction, of the last check that came to its end."""
        self.judged: set[str] = set()
        """Which of them the check that is going on has judged so far."""

    @property
    def checking(self) -> bool:
        return self._going is not None and not self._going.done()

    def passed_ids(self) -> frozenset[str]:
        """Checkpoints that ever passed, in this session or before."""
        now = {result.id for result in self.results.values() if result.verdict is Verdict.PASSED}
        return self._progress.passed(self._lab.id) | now

    def passed(self) -> int:
        """How many scored checkpoints ever passed."""
        scored = {checkpoint.id for checkpoint in self._lab.checkpoints if checkpoint.scored}
        return len(self.passed_ids() & scored)

    def complete(self) -> bool:
        """Whether every scored checkpoint passed, now or before."""
        return 0 < sum(checkpoint.scored for checkpoint in self._lab.checkpoints) == self.passed()

    def record_of(self, checkpoint: str) -> Path | None:
        """The saved record of what a checkpoint of this session ran, if there is one."""
        path = self._records / f"{checkpoint}{SUFFIX}"
        return path if checkpoint in self.results and path.is_file() else None

    def measurement_of(self, prediction: str) -> Path | None:
        """The same of the run in which a prediction was measured."""
        path = self._records / f"{prediction_key(prediction).replace('/', '-')}{SUFFIX}"
        return path if prediction in self.predictions and path.is_file() else None

    def forget(self) -> None:
        """Other files are in the folder now: the verdicts on the old ones say nothing about them."""
        self.results.clear()
        self.predictions.clear()

    def start(self) -> None:
        """Judges the files as they are on disk now; a check that is still going on is given up."""
        before, self._going = self._going, None
        self._going = begin(self._check(before))

    async def stop(self) -> None:
        """Gives up the check that is going on, and waits until nothing of it is left."""
        if self._going is not None:
            self._going.cancel()
            await asyncio.wait([self._going])

    async def _check(self, before: asyncio.Task[None] | None) -> None:
        if before is not None and not before.done():
            before.cancel()
            await asyncio.wait([before])
        self.judged.clear()
        self._tell(CheckStarted())
        try:
            report = await check(
                self._lab,
                self._folder,
                capability=self._capability(),
                on_result=self._judged,
                records_to=self._folder_for_records(),
            )
        except NetlabError as error:
            self._tell(CheckBroke(str(error)))
        else:
            self._finished(report)

    def _folder_for_records(self) -> Path | None:
        """None where it cannot be made: verdicts do not need it."""
        with suppress(OSError):
            self._records.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._records
        return None

    def _judged(self, result: CheckpointResult) -> None:
        self.results[result.id] = result
        self.judged.add(result.id)
        self._tell(CheckpointJudged(result))

    def _finished(self, report: LabReport) -> None:
        verdicts = [(result.id, result.verdict.value) for result in report.checkpoints]
        self._progress.record_attempts(self._lab.id, self._lab.version, verdicts)
        for one in report.judged_predictions:
            self._progress.record_prediction(self._lab.id, one.id, str(one.answer), str(one.measured), one.verdict)
        self.predictions = {one.id: one for one in report.predictions}
        self._tell(CheckFinished(report))
