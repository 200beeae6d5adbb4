"""The pytest plugin inside a checking child: maps tests to checkpoints, runs those that the parent names, reports.

The parent decides what runs, in which order, and what a failed prerequisite blocks (see `plan.py`); here a checkpoint
is only run. This is the one module of checking that knows pytest.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from netlab.checking.link import Link
from netlab.checking.outcomes import PASSED, Outcome, outcome_of, unavailable
from netlab.checking.settings import Settings
from netlab.checking.verdicts import CheckpointFailed, Verdict

if TYPE_CHECKING:
    from netlab.checking.trial import Trial
    from netlab.stage.stage import Stage

MARK = "netlab_checkpoint"
DEADLINE = 15.0
"""Seconds that a checkpoint has, unless its mark says otherwise."""
CANCEL_GRACE = 2.0
"""Seconds that a test gets to unwind after its deadline."""

Test = Callable[..., Coroutine[Any, Any, None]]


def checkpoint(checkpoint_id: str, *, deadline: float = DEADLINE, port: int | None = None) -> pytest.MarkDecorator:
    """Makes a test the judge of that checkpoint.

    It has `deadline` seconds. Its stage is on `port`, or on the lab's own where None is given.
    """
    mark: pytest.MarkDecorator = getattr(pytest.mark, MARK)
    return mark(checkpoint_id, deadline=deadline, port=port)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--netlab-link", type=int, required=True, help="descriptor of the socket to netlab's runner")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(id, deadline, port): the checkpoint that this test judges")
    config.pluginmanager.register(Checkpoints(Link(config.getoption("--netlab-link"))), "netlab-checkpoints")


class Checkpoints:
    """The checkpoints of one lab's test file, run one after another as the parent asks for them."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._broken: list[str] = []
        self._outcome = PASSED
        self.settings = Settings.from_json(link.receive())

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._broken.append(_in_a_line(str(report.longrepr)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: Sequence[pytest.Item]) -> None:
        self._broken += [f"{item.name} has no @checkpoint." for item in items if _mark(item) is None]
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = _within_deadline(item, item.obj)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._link.send({"checkpoints": [[_id(i), _deadline(i)] for i in session.items], "broken": self._broken})
        items = {_id(item): item for item in session.items}
        for message in self._link:
            self._link.send({"outcome": self._run(items[message["run"]]).as_json()})
        return True

    def _run(self, item: pytest.Item) -> Outcome:
        self._outcome = PASSED
        started = time.monotonic()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return replace(self._outcome, seconds=time.monotonic() - started)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """The first thing that goes wrong in set-up, test and clean-up is what the checkpoint comes to."""
        if call.excinfo is not None and self._outcome is PASSED:
            outcome = _outcome(call.excinfo.value)
            self._outcome = _blaming_syntax(outcome, _stage(item), self.settings)


@pytest.fixture
async def stage(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> AsyncIterator[Stage]:
    """Fresh hosts, a wire, and the learner's programs on them, for this checkpoint alone."""
    from netlab.courseware.loading import load_lab  # a lab's tests are collected without
    from netlab.stage.stage import Stage

    plugin = pytestconfig.pluginmanager.get_plugin("netlab-checkpoints")
    assert isinstance(plugin, Checkpoints)
    settings = plugin.settings
    async with Stage.open(
        load_lab(settings.lab),
        settings.folder,
        capability=settings.capability,
        python=settings.python,
        port=_option(request.node, "port", None),
        record_to=settings.record_of(_id(request.node)),
    ) as opened:
        yield opened


@pytest.fixture
def trial(stage: Stage) -> Trial:
    """A checkpoint's hands, on its stage."""
    from netlab.checking.trial import Trial

    return Trial(stage)


def _within_deadline(item: pytest.Item, test: Test) -> Test:
    """The test, failing with what the programs were doing when its time has run out."""

    @functools.wraps(test)
    async def run(**fixtures: Any) -> None:
        task = asyncio.ensure_future(test(**fixtures))
        try:
            done, _ = await asyncio.wait({task}, timeout=_deadline(item))
            if not done:
                raise _ran_out(_deadline(item), _stage(item))
        finally:
            await _ended(task)
        task.result()

    return run


async def _ended(task: asyncio.Task[None]) -> None:
    if task.cancel():
        await asyncio.wait({task}, timeout=CANCEL_GRACE)


def _ran_out(deadline: float, stage: Stage | None) -> CheckpointFailed:
    activity = stage.activity() if stage else ""
    return CheckpointFailed(f"the checkpoint to end within {deadline:g} s", activity or "it went on")


def _outcome(error: BaseException) -> Outcome:
    if isinstance(error, pytest.skip.Exception):
        return unavailable(str(error), "")
    return outcome_of(error)


def _blaming_syntax(outcome: Outcome, stage: Stage | None, settings: Settings) -> Outcome:
    """A program that does not compile is why a checkpoint failed that started it."""
    if stage is None or outcome.verdict is not Verdict.FAILED:
        return outcome
    for program in stage.programs:
        if line := settings.uncompiled.get(program.model.name):
            return replace(outcome, got=line, where=line.partition(": ")[0])
    return outcome


def _in_a_line(report: str) -> str:
    """What pytest says in a page of a file that it cannot import: the exception, which it marks with an E."""
    marked = [line[1:].strip() for line in report.splitlines() if line.startswith("E ")]
    return " ".join(marked) or report.strip().rpartition("\n")[2]


def _stage(item: pytest.Item) -> Stage | None:
    fixtures: dict[str, Any] = item.funcargs if isinstance(item, pytest.Function) else {}
    stage: Stage | None = fixtures.get("stage")
    return stage


def _mark(item: pytest.Item) -> pytest.Mark | None:
    return item.get_closest_marker(MARK)


def _id(item: pytest.Item) -> str:
    mark = _mark(item)
    return str(mark.args[0]) if mark else item.name


def _deadline(item: pytest.Item) -> float:
    return float(_option(item, "deadline", DEADLINE))


def _option(item: pytest.Item, name: str, default: Any) -> Any:
    mark = _mark(item)
    return mark.kwargs.get(name, default) if mark else default
