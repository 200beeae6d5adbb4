"""The pytest plugin inside a checking child: maps tests to checkpoints, runs those that the parent names, reports.

The parent decides what runs, in which order, and what a failed prerequisite blocks (see `plan.py`); here a checkpoint
is only run. This module and `marks.py` are all of checking that knows pytest.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from netlab.checking.forecast import prediction_of
from netlab.checking.layering import copied
from netlab.checking.link import Link
from netlab.checking.marks import MARKERS, deadline_of, is_claim, key_of, mark_of, option_of
from netlab.checking.measured import Measured
from netlab.checking.outcomes import PASSED, Outcome, disproved, outcome_of, unavailable
from netlab.checking.settings import Settings
from netlab.checking.verdicts import CheckpointFailed, Verdict
from netlab.processes.load import overload

if TYPE_CHECKING:
    from netlab.checking.played import Played
    from netlab.checking.trial import Trial
    from netlab.stage.stage import Stage

CANCEL_GRACE = 2.0
"""Seconds that a test gets to unwind after its deadline."""

Test = Callable[..., Coroutine[Any, Any, Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--netlab-link", type=int, required=True, help="descriptor of the socket to netlab's runner")


def pytest_configure(config: pytest.Config) -> None:
    for line in MARKERS:
        config.addinivalue_line("markers", line)
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
        self.played: dict[tuple[str, str], Played] = {}
        """Scenes that claims asked for, each played once, by scene and programs."""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._broken.append(_in_a_line(str(report.longrepr)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: Sequence[pytest.Item]) -> None:
        unmarked = [item.name for item in items if mark_of(item) is None]
        self._broken += [f"{name} has no @checkpoint, @prediction or @claim." for name in unmarked]
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = self._noting(_within_deadline(item, item.obj))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._link.send({"tests": [[key_of(i), deadline_of(i)] for i in session.items], "broken": self._broken})
        items = {key_of(item): item for item in session.items}
        for message in self._link:
            self.settings = Settings.from_json(message["settings"])
            self._link.send({"outcome": self._run(items[message["run"]]).as_json()})
        return True

    def _run(self, item: pytest.Item) -> Outcome:
        self._outcome, self._returned = PASSED, None
        started = time.monotonic()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        outcome = replace(self._outcome, seconds=time.monotonic() - started)
        if prediction_of(key_of(item)):
            found = self._returned if isinstance(self._returned, Measured) else Measured(self._returned)
            return replace(outcome, measured=found.answer, evidence=outcome.evidence or found.evidence)
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
            outcome = _outcome(call.excinfo.value, claimed=is_claim(item))
            uncompiled = self.settings.uncompiled if self.settings else {}
            self._outcome = _blaming_syntax(outcome, _stage(item), uncompiled)


@pytest.fixture
def settings(pytestconfig: pytest.Config) -> Settings:
    """Whose programs run, with what."""
    given = _plugin(pytestconfig).settings
    assert given is not None
    return given


@pytest.fixture
def programs_folder(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Path]:
    """Where the programs are: the learner's folder, or for a claim a fresh copy of those that it is about."""
    if not is_claim(request.node):
        yield settings.folder
        return
    with copied(settings.lab, _programs(request)) as copy:
        yield copy


@pytest.fixture
async def stage(request: pytest.FixtureRequest, settings: Settings, programs_folder: Path) -> AsyncIterator[Stage]:
    """Fresh hosts, a wire, and the programs on them, for this test alone."""
    from netlab.courseware.loading import load_lab  # a lab's tests are collected without
    from netlab.stage.stage import Stage

    record_to = settings.record_of(key_of(request.node).replace("/", "-"))
    async with Stage.open(
        load_lab(settings.lab),
        programs_folder,
        capability=settings.capability,
        python=settings.python,
        port=option_of(request.node, "port", None),
        record_to=record_to,
    ) as opened:
        yield opened
        if record_to is None:  # the verdict is there: reading the rest of a flood of calls would be for nobody
            opened.recording.give_up()


@pytest.fixture
async def played(request: pytest.FixtureRequest, pytestconfig: pytest.Config, settings: Settings) -> Played:
    """The scene that the claim names, played to its end on fresh hosts; the claims of one scene share it."""
    from netlab.checking.played import play_scene
    from netlab.courseware.loading import load_lab

    known, wanted = _plugin(pytestconfig).played, (option_of(request.node, "scene", ""), _programs(request))
    if wanted not in known:
        with copied(settings.lab, wanted[1]) as copy:
            known[wanted] = await play_scene(load_lab(settings.lab), wanted[0], copy, settings)
    return known[wanted]


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
            done, _ = await asyncio.wait({task}, timeout=deadline_of(item) * overload())
            if not done:
                raise _ran_out(deadline_of(item), _stage(item))
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


def _plugin(config: pytest.Config) -> Checkpoints:
    plugin = config.pluginmanager.get_plugin("netlab-checkpoints")
    assert isinstance(plugin, Checkpoints)
    return plugin


def _programs(request: pytest.FixtureRequest) -> str:
    return str(option_of(request.node, "programs", ""))


def _outcome(error: BaseException, *, claimed: bool) -> Outcome:
    if isinstance(error, pytest.skip.Exception):
        return unavailable(str(error), "")
    if claimed and isinstance(error, AssertionError):
        return disproved(error)
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
