"""Checks one lab: hands its checkpoints to checking children, side by side, and gathers what they come to.

Whatever way a check ends, its children have ended with everything inside them. Nothing here prints.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import netlab
from netlab.checking.child import Child, Children
from netlab.checking.claims import claim_of
from netlab.checking.forecast import Forecast, prediction_key, prediction_of
from netlab.checking.outcomes import Outcome, unavailable
from netlab.checking.plan import Plan
from netlab.checking.settings import Settings
from netlab.checking.sources import default_python, look_at_sources
from netlab.checking.verdicts import CheckpointResult, LabReport, Versions
from netlab.courseware.answers import Answers, load_answers
from netlab.courseware.model import CheckpointModel, Lab
from netlab.errors import UsageError
from netlab.network.entering import Capability

TIMEOUT = 120.0
"""Seconds that a whole check has."""
MOST_JOBS = 4

OnResult = Callable[[CheckpointResult], None]
OnStarted = Callable[[CheckpointModel], None]
Measurements = Mapping[tuple[str, str], Outcome]


async def check(
    lab: Lab,
    folder: Path,
    *,
    capability: Capability,
    python: Path | None = None,
    only: Collection[str] | None = None,
    jobs: int | None = None,
    timeout: float = TIMEOUT,
    on_result: OnResult = lambda result: None,
    on_started: OnStarted = lambda checkpoint: None,
    records_to: Path | None = None,
    children: Children | None = None,
    prerequisites: bool = True,
) -> LabReport:
    """Runs the lab's checkpoints, or `only` some, on the learner's folder.

    `on_result` is told each result as it comes; the report has them in the lab's order. Records are saved in
    `records_to`, one for each checkpoint. `children` are kept for further checks of the lab by who made them; else they
    end with this one. Without `prerequisites`, those that `only` does not name count as passed. Cancelling ends
    everything. Raises UsageError for a folder or Python that is not there or an unknown checkpoint, and BrokenLabError
    where the lab contradicts itself.
    """
    started = time.monotonic()
    plan = Plan(lab, only, prerequisites=prerequisites)
    folder, python = _whole(lab, folder, python)
    sources = look_at_sources(lab, folder, python)
    settings = Settings(lab.path, folder, python, capability, records_to, sources.uncompiled)
    answers = load_answers(lab, folder)
    forecast = Forecast(lab, answers if only is None else Answers(), capability)
    own = children or Children(lab, capability)
    try:
        await _Check(lab, plan, forecast, settings, own, on_result, on_started).run(jobs or default_jobs(), timeout)
    finally:
        if children is None:
            await own.close()
    return LabReport(
        lab=lab.id,
        network="private" if capability.private else "loopback",
        versions=Versions(netlab.__version__, lab.version, sources.version, str(python)),
        checkpoints=plan.results(),
        unreported=plan.results(reported=False),
        seconds=time.monotonic() - started,
        predictions=forecast.results() if only is None else (),
        answers_problem=answers.problem if only is None else "",
    )


async def measure(lab: Lab, folder: Path, *, capability: Capability, python: Path | None = None) -> Measurements:
    """Runs every measurement of the lab's predictions, further scenes too: outcomes by prediction and scene.

    The scene that answers are held against is called nothing. What needs the wire is left out where there is none.
    Raises as `check` does.
    """
    if not lab.predictions:
        return {}
    folder, python = _whole(lab, folder, python)
    settings = Settings(lab.path, folder, python, capability)
    child = await Child.start(lab, capability)
    try:
        wanted = [(key, named) for key in child.deadlines if (named := prediction_of(key))]
        wireless = {one.id for one in lab.predictions if one.needs_wire and not capability.private}
        return {named: await child.run(key, settings) for key, named in wanted if named[0] not in wireless}
    finally:
        await child.close()


async def assert_claims(lab: Lab, *, capability: Capability, python: Path | None = None) -> Mapping[str, Outcome]:
    """Runs every assertion of what the lab's guide claims: outcomes by claim.

    Where there is no wire to look at, each is unavailable. Raises BrokenLabError where the file cannot be collected.
    """
    if not lab.claims_file.is_file():
        return {}
    folder, python = _whole(lab, lab.solution_folder, python)
    settings = Settings(lab.path, folder, python, capability)
    child, outcomes = await Child.start(lab, capability, claims=True), {}
    try:
        for key in child.deadlines:
            if not child.usable:
                await child.close()
                child = await Child.start(lab, capability, claims=True)
            lack = None if capability.private else unavailable(capability.reason, capability.remedy)
            outcomes[claim_of(key) or key] = lack or await child.run(key, settings)
    finally:
        await child.close()
    return outcomes


def _whole(lab: Lab, folder: Path, python: Path | None) -> tuple[Path, Path]:
    """The learner's folder, absolute, and the Python that runs what is in it."""
    if not folder.is_dir():
        raise UsageError(f"The folder {folder} does not exist.", f"`netlab start {lab.id}` lays it out.")
    return folder.resolve(), (python or default_python(folder)).absolute()


def default_jobs() -> int:
    """Two at least: checkpoints wait more than they work."""
    return min(max(os.cpu_count() or 2, 2), MOST_JOBS)


class _Check:
    """One check on its way: workers with a child each take checkpoints until there are none, then predictions."""

    def __init__(
        self,
        lab: Lab,
        plan: Plan,
        forecast: Forecast,
        settings: Settings,
        children: Children,
        on_result: OnResult,
        on_started: OnStarted,
    ) -> None:
        self._lab = lab
        self._plan = plan
        self._forecast = forecast
        self._settings = settings
        self._children = children
        self._on_result = on_result
        self._on_started = on_started
        self._changed = asyncio.Condition()

    async def run(self, jobs: int, timeout: float) -> None:
        """Until every checkpoint has its result; after `timeout` seconds those that have none get theirs from that."""
        await self._pass_over_what_needs_the_wire()
        try:
            async with asyncio.timeout(timeout):
                await self._work_side_by_side(min(jobs, self._plan.waiting + self._forecast.waiting))
        except TimeoutError:
            self._tell(self._plan.run_out(f"the whole check ran out of its time ({timeout:g} s)"))

    async def _pass_over_what_needs_the_wire(self) -> None:
        capability = self._settings.capability
        for checkpoint in self._lab.checkpoints:
            if checkpoint.needs_wire and not capability.private:
                await self._settle(checkpoint, unavailable(capability.reason, capability.remedy))

    async def _work_side_by_side(self, workers: int) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(workers):
                    group.create_task(self._work())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _work(self) -> None:
        """Runs checkpoints with one child after another: a child that died or hung is replaced."""
        while not self._plan.finished or self._forecast.waiting:
            async with self._children.one() as child:
                await self._work_with(child)

    async def _work_with(self, child: Child) -> None:
        while child.usable and (checkpoint := await self._next()):
            self._on_started(checkpoint)
            await self._settle(checkpoint, await child.run(checkpoint.id, self._settings))
        while child.usable and (prediction := self._forecast.take()):
            self._forecast.settle(prediction, await child.run(prediction_key(prediction.id), self._settings))

    async def _next(self) -> CheckpointModel | None:
        """The next checkpoint, as soon as one can run; None when there are no more."""
        async with self._changed:
            while not self._plan.finished:
                if checkpoint := self._plan.take():
                    return checkpoint
                await self._changed.wait()
        return None

    async def _settle(self, checkpoint: CheckpointModel, outcome: Outcome) -> None:
        async with self._changed:
            self._tell(self._plan.settle(checkpoint, outcome))
            self._changed.notify_all()

    def _tell(self, results: Collection[CheckpointResult]) -> None:
        for result in results:
            self._on_result(result)
