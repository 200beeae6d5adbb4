"""Pictures of what learning adds to the lab: questions, hints, the solution, the end of a lab, the tour, a fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.fault_app import FaultApp
from netlab.app.faults import Fault
from netlab.app.screens.hints import HintScreen
from netlab.app.screens.solution import SolutionScreen
from netlab.app.screens.tour import TourScreen
from netlab.courseware.course import Course, load_course
from netlab.progress.store import Progress
from netlab.session.desk import Desk
from tests.app.conftest import PRIVATE, lab_screen, shown, until

SIZES = [(80, 24), (160, 45)]
Compare = Callable[..., bool]


@pytest.fixture
def desk(progress: Progress, work: Path) -> Desk:
    """On a private network, with two labs, so that a new lab changes no picture; the chat server is passed."""
    course = load_course()
    head = course.find_head("chat-server")
    progress.record_attempts("chat-server", "1", [(checkpoint, "passed") for checkpoint in head.checkpoints])
    shutil.copytree(course.find("chat-server").starter_folder, work / "netlab-work" / "02-chat-server")
    two = tuple(head for head in course.heads if head.id in ("chat-server", "reuse-address"))
    return Desk(Course(course.folder, two), progress, work / "data", capability=PRIVATE)


@pytest.mark.parametrize("size", SIZES)
def test_a_prediction_is_asked(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "reuse-address")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Predict before you run: 1 of 3" in shown(app))

    assert snap_compare(app, terminal_size=size, run_before=act)


def test_a_hint(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server", language="zh")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, HintScreen) and "1/4" in shown(app))

    assert snap_compare(app, terminal_size=(80, 24), run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_the_solution_beside_mine(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, SolutionScreen) and "GOODBYE" in shown(app))

    assert snap_compare(app, terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_a_finished_lab(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("f12")
        await until(pilot, lambda: "Lab 2 is finished" in shown(app))
        assert "Next: 4" in shown(app)
        assert "Open lab 4" in shown(app)

    assert snap_compare(app, terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_the_tour(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")
    app.with_tour = True

    async def act(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: isinstance(app.screen, TourScreen))
        await pilot.press("n", "n", "n")
        await until(pilot, lambda: "A first look: 4 of 4" in shown(app))

    assert snap_compare(app, terminal_size=size, run_before=act)


def test_a_fault(snap_compare: Compare) -> None:
    fault = Fault("KeyError: 'port'", Path("/home/learner/.local/state/netlab/faults/fault-1.txt"), ("server.py",))
    assert snap_compare(FaultApp(fault), terminal_size=(80, 24))
