"""The wire in somebody's hands, and the past, as pictures: of a saved run that was frozen, handled and let go."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.screens.lab import LabScreen
from netlab.courseware.course import Course, load_course
from netlab.progress.store import Progress
from netlab.record.events import ActionTaken
from netlab.record.saving import open_record
from netlab.session.desk import Desk
from netlab.session.hands import Standing
from netlab.session.scripting import Script, ScriptUse
from tests.app.conftest import PRIVATE, lab_screen, shown, until
from tests.app.remake_record import HANDLED

Compare = Callable[..., bool]


@pytest.fixture
def desk(progress: Progress, work: Path) -> Desk:
    """On a private network, with one lab, so that a new lab changes no picture."""
    course = load_course()
    shutil.copytree(course.find("chat-server").solution_folder, work / "netlab-work" / "02-chat-server")
    one = Course(course.folder, tuple(head for head in course.heads if head.id == "chat-server"))
    return Desk(one, progress, work / "data", capability=PRIVATE)


async def at_the_drop(pilot: Pilot[int]) -> LabScreen:
    """The moment before the first frame was dropped: four are queued."""
    screen = await lab_screen(pilot)
    record = open_record(HANDLED)
    await screen.session.run.show(record)
    await until(pilot, lambda: screen.wire.state)
    screen.panes.go_to("wire")
    (drop,) = [event for event in record.events if isinstance(event, ActionTaken) and event.action == "drop"]
    screen.scrubbing.go((record.frames.at(7) + drop.at) // 2)
    await until(pilot, lambda: "#4" in shown(screen.app))  # type: ignore[arg-type]
    return screen


def picture(app: NetlabApp, compare: Compare, size: tuple[int, int], act: Callable[..., Awaitable[object]]) -> bool:
    return compare(app, terminal_size=size, run_before=act)


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((160, 45), "en"), ((80, 24), "zh")])
def test_a_frozen_moment_of_the_past(desk: Desk, snap_compare: Compare, size: tuple[int, int], language: str) -> None:
    app = NetlabApp(desk, "chat-server", language=language)

    async def act(pilot: Pilot[int]) -> None:
        await at_the_drop(pilot)
        await pilot.pause()
        assert ("the past" if language == "en" else "过去") in shown(app).splitlines()[0]

    assert picture(app, snap_compare, size, act)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_a_wire_in_hand(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        screen = await at_the_drop(pilot)
        screen.wire.moment = None  # as if the run went on from here
        screen.scrubbing.forget()
        screen.tell_place()
        now = Standing(live=True, frozen=True, queued=(4, 6, 7), held=(5,), cut=("client",))
        screen.wire.stand(now, Script(ScriptUse.USED))
        await until(pilot, lambda: "cut off: client" in shown(app))

    assert picture(app, snap_compare, size, act)


def test_which_host_is_to_be_cut_off(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        screen = await lab_screen(pilot)
        screen.wire.action_hand("cut")
        await until(pilot, lambda: "Whose cable?" in shown(app))

    assert picture(app, snap_compare, (80, 24), act)
