"""The pytest plugin inside a checking child: maps tests to checkpoints, runs those that the parent names, reports.

The parent decides what runs, in which order, and what a failed prerequisite blocks (see `plan.py`); here a checkpoint
is only run. This is the one module of checking that knows pytest.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from netlab.checking.forecast import prediction_key, prediction_of
from netlab.checking.link import Link
from netlab.checking.outcomes import PASSED, Outcome, outcome_of, unavailable
from netlab.checking.settings import Settings
from netlab.checking.verdicts import CheckpointFailed, Verdict
from netlab.processes.load import overload

if TYPE_CHECKING:
    from netlab.checking.trial import Trial
    from netlab.stage.stage import Stage

MARK = "netlab_checkpoint"
PREDICTION_MARK = "netlab_prediction"
DEADLINE = 15.0
"""Seconds that a checkpoint has, unless its mark says otherwise."""
CANCEL_GRACE = 2.0
"""Seconds that a test gets to unwind after its deadline."""

Test = Callable[..., Coroutine[Any, Any, Any]]


def checkpoint(checkpoint_id: str, *, deadline: float = DEADLINE, port: int | None = None) -> pytest.MarkDecorator:
    """Makes a test the judge of that checkpoint.

    It has `deadline` seconds. Its stage is on `port`, or on the lab's own where None is given. A text that it returns
    is what it has to show beside its pass.
    """
    mark: pytest.MarkDecorator = getattr(pytest.mark, MARK)
    return mark(checkpoint_id, deadline=deadline, port=port)


def prediction(
    prediction_id: str, *, scene: str = "", deadline: float = DEADLINE, port: int | None = None
) -> pytest.MarkDecorator:
    """Makes a test the measurement that answers to that prediction are held against: what it returns was measured.

    It returns a number, a choice as lab.toml has it, or `yes` or `no`; see `netlab.checks`. With a `scene` it is never
    held against an answer: it is a second scene, for `netlab prove`, in which the right answer is another one.
    """
    mark: pytest.MarkDecorator = getattr(pytest.mark, PREDICTION_MARK)
    return mark(prediction_id, scene=scene, deadline=deadline, port=port)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--netlab-link", type=int, required=True, help="descriptor of the socket to netlab's runner")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(id, deadline, port): the checkpoint that this test judges")
    config.addinivalue_line("markers", f"{PREDICTION_MARK}(id, scene, deadline, port): the prediction it measures")
    config.pluginmanager.register(Checkpoints(Link(config.getoption("--netlab-link"))), "netlab-checkpoints")


class Checkpoints:
    """The checkpoints of one lab's test file, run one after another as the parent asks for them."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._broken: list[str] = []
        self._outcome = PASSED
        self._returned: Any = None
        self.settings: Settings | None = None
        """Of the run under way."""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._broken.append(_in_a_line(str(report.longrepr)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: Sequence[pytest.Item]) -> None:
        self._broken += [f"{item.name} has no @checkpoint or @prediction." for item in items if _mark(item) is None]
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = self._noting(_within_deadline(item, item.obj))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._link.send({"tests": [[_key(i), _deadline(i)] for i in session.items], "broken": self._broken})
        items = {_key(item): item for item in session.items}
        for message in self._link:
            self.settings = Settings.from_json(message["settings"])
            self._link.send({"outcome": self._run(items[message["run"]]).as_json()})
        return True

    def _run(self, item: pytest.Item) -> Outcome:
        self._outcome, self._returned = PASSED, None
        started = time.monotonic()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        outcome = replace(self._outcome, seconds=time.monotonic() - started)
        if prediction_of(_key(item)):
            return replace(outcome, measured=self._returned)
        return replace(outcome, got=outcome.got or self._returned or "")

    def _noting(self, test: Test) -> Test:
        """The test, with what it returns kept; pytest itself wants nothing returned."""

        @functools.wraps(test)
        async def run(**fixtures: Any) -> None:
            self._returned = await test(**fixtures)

        return run

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """The first thing that goes wrong in set-up, test and clean-up is what the checkpoint comes to."""
        if call.excinfo is not None and self._outcome is PASSED:
            outcome = _outcome(call.excinfo.value)
            uncompiled = self.settings.uncompiled if self.settings else {}
            self._outcome = _blaming_syntax(outcome, _stage(item), uncompiled)


@pytest.fixture
async def stage(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> AsyncIterator[Stage]:
    """Fresh hosts, a wire, and the learner's programs on them, for this checkpoint alone."""
    from netlab.courseware.loading import load_lab  # a lab's tests are collected without
    from netlab.stage.stage import Stage

    plugin = pytestconfig.pluginmanager.get_plugin("netlab-checkpoints")
    assert isinstance(plugin, Checkpoints)
    settings = plugin.settings
    assert settings is not None
    async with Stage.open(
        load_lab(settings.lab),
        settings.folder,
        capability=settings.capability,
        python=settings.python,
        port=_option(request.node, "port", None),
        record_to=settings.record_of(_key(request.node).replace("/", "-")),
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
    async def run(**fixtures: Any) -> Any:
        task = asyncio.ensure_future(test(**fixtures))
        try:
            done, _ = await asyncio.wait({task}, timeout=_deadline(item) * overload())
            if not done:
                raise _ran_out(_deadline(item), _stage(item))
        finally:
            await _ended(task)
        return task.result()

    return run


async def _ended(task: asyncio.Task[Any]) -> None:
    if task.cancel():
        await asyncio.wait({task}, timeout=CANCEL_GRACE)


def _ran_out(deadline: float, stage: Stage | None) -> CheckpointFailed:
    activity = stage.activity() if stage else ""
    return CheckpointFailed(f"the checkpoint to end within {deadline:g} s", activity or "it went on")


def _outcome(error: BaseException) -> Outcome:
    if isinstance(error, pytest.skip.Exception):
        return unavailable(str(error), "")
    return outcome_of(error)


def _blaming_syntax(outcome: Outcome, stage: Stage | None, uncompiled: Mapping[str, str]) -> Outcome:
    """A program that does not compile is why a checkpoint failed that started it."""
    if stage is None or outcome.verdict is not Verdict.FAILED:
        return outcome
    for program in stage.programs:
        if line := uncompiled.get(program.model.name):
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
    return item.get_closest_marker(MARK) or item.get_closest_marker(PREDICTION_MARK)


def _key(item: pytest.Item) -> str:
    """What the test is asked for by: a checkpoint's id, or a prediction's key."""
    mark = _mark(item)
    if mark is None:
        return item.name
    name = str(mark.args[0])
    return prediction_key(name, str(mark.kwargs["scene"])) if mark.name == PREDICTION_MARK else name


def _deadline(item: pytest.Item) -> float:
    return float(_option(item, "deadline", DEADLINE))


def _option(item: pytest.Item, name: str, default: Any) -> Any:
    mark = _mark(item)
    return mark.kwargs.get(name, default) if mark else default
