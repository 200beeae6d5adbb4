"""Hands on the wire and looks at the past, as a learner has them: keys, clicks, words on the screen."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.handkeys import DEEDS, applies, target
from netlab.app.screens.dialogs import Ask
from netlab.app.screens.lab import LabScreen
from netlab.app.screens.pick import Pick
from netlab.app.widgets.ladder import LadderView
from netlab.app.widgets.terminal import TerminalView
from netlab.app.widgets.timeline import TimeLine
from netlab.app.widgets.wireline import WireLine
from netlab.checking.verdicts import LabReport, Versions
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab
from netlab.progress.store import Progress
from netlab.record.saving import open_record
from netlab.session import checks
from netlab.session.desk import Desk
from netlab.session.hands import Standing
from tests.app.conftest import PRIVATE, lab_screen, shown, until
from tests.app.remake_record import RECORD

SIZE = (160, 45)


@pytest.fixture(autouse=True)
def solved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The solution is in the learner's folder, and no test waits for its checkpoints."""
    shutil.copytree(load_course().find("chat-server").solution_folder, folder)

    async def check(lab: Lab, folder: Path, **_: Any) -> LabReport:
        return LabReport(lab.id, "private", Versions("0", "1", "3", "python"), ())

    monkeypatch.setattr(checks, "check", check)


@pytest.fixture
def on_a_wire(progress: Progress, work: Path) -> NetlabApp:
    """The workbench on a private network."""
    return NetlabApp(Desk(load_course(), progress, work / "data", capability=PRIVATE), "chat-server")


async def connected(pilot: Pilot[int]) -> LabScreen:
    """Both programs run and are connected; the wire has the focus."""
    screen = await lab_screen(pilot)
    await pilot.press("f5")
    await until(pilot, lambda: screen.session.run.record and len(screen.session.run.record.frames) >= 3)
    screen.panes.go_to("wire")
    await until(pilot, lambda: "flowing" in shown(screen.app))  # type: ignore[arg-type]
    return screen


async def frozen_with_hello(pilot: Pilot[int]) -> LabScreen:
    """The wire is frozen, and what the client said is on it."""
    screen = await connected(pilot)
    await pilot.press("space")
    await until(pilot, lambda: screen.session.hands.standing.frozen)
    screen.session.type("client", b"hello\r")
    await until(pilot, lambda: 'queued: #4 "hello"' in shown(screen.app))  # type: ignore[arg-type]
    return screen


async def looking_back(pilot: Pilot[int]) -> LabScreen:
    """The saved run is on the screen, and the wire has the focus."""
    screen = await lab_screen(pilot)
    await screen.session.run.show(open_record(RECORD))
    await until(pilot, lambda: screen.wire.state)
    screen.panes.go_to("wire")
    await until(pilot, lambda: screen.query_one(LadderView).has_focus)
    return screen


def says(app: NetlabApp, words: str, wanted: bool = True) -> bool:
    return (words in shown(app)) is wanted


def place_of(line: WireLine, action: str) -> tuple[int, int]:
    """Where in the last row of the wire's line a click does that."""
    places = [(x, line.size.height - 1) for x in range(line.size.width)]
    return next(place for place in places if (word := line.word_at(*place)) and word.action == action)


def test_only_deeds_that_make_sense_are_offered() -> None:
    def offered(now: Standing, chosen: int = 0) -> list[str]:
        return [deed for deed in DEEDS if applies(deed, now, chosen)]

    assert offered(Standing()) == []
    assert offered(Standing(live=True)) == ["freeze", "until", "slow", "cut", "reboot"]
    frozen = Standing(live=True, frozen=True, queued=(4, 5))
    assert offered(frozen) == ["thaw", "step", "drop", "hold", "delay", "until", "slow", "cut", "reboot"]
    held = Standing(live=True, frozen=True, held=(4,))
    assert offered(held, chosen=4) == ["thaw", "drop", "release", "until", "slow", "cut", "reboot"]
    assert applies("keep", Standing(), handled=True)


def test_a_deed_is_meant_for_the_chosen_frame_else_for_the_next() -> None:
    now = Standing(live=True, frozen=True, queued=(4, 5), held=(3,))
    assert [target(now, chosen) for chosen in (0, 5, 1, 3)] == [4, 5, 4, 0]


@pytest.mark.network
async def test_a_frozen_wire_shows_its_queue_and_lets_it_go_by_key_and_by_click(on_a_wire: NetlabApp) -> None:
    async with on_a_wire.run_test(size=SIZE) as pilot:
        screen = await frozen_with_hello(pilot)
        assert re.search(
            r'frozen, \d+ queued: #4 "hello"', shown(on_a_wire)
        )  # on a slow machine the kernel sends it again
        assert any(line.count("o next") for line in shown(on_a_wire).splitlines())
        assert "s Step" in shown(on_a_wire).splitlines()[-1]
        await pilot.press("h")
        await until(pilot, lambda: screen.session.hands.standing.held == (4,))
        await until(pilot, lambda: "held: #4" in shown(on_a_wire))
        line = screen.query_one(WireLine)
        await until(pilot, lambda: line.size.height == 2)  # what can be clicked has a line of its own, and stays put
        await pilot.click(WireLine, offset=place_of(line, "hand('release')"))
        await until(pilot, lambda: not screen.session.hands.standing.held)
        await until(pilot, lambda: "client> hello" in shown(on_a_wire))


@pytest.mark.network
async def test_what_was_done_by_hand_opens_as_a_script_that_the_next_run_follows(
    on_a_wire: NetlabApp, folder: Path
) -> None:
    async with on_a_wire.run_test(size=SIZE) as pilot:
        screen = await frozen_with_hello(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "lost: by hand" in shown(on_a_wire))
        await pilot.press("k")
        await until(pilot, lambda: 'name = "data 1 from client, by hand"' in shown(on_a_wire))
        assert 'do = "drop"' in (folder / "wire.toml").read_text()
        screen.panes.go_to("wire")
        await pilot.press("k")
        await until(pilot, lambda: isinstance(on_a_wire.screen, Ask))
        await pilot.press("escape")
        await pilot.press("f5")
        await until(pilot, lambda: "wire.toml: 1 rule" in shown(on_a_wire))


@pytest.mark.network
async def test_a_script_that_a_scene_owns_says_so_and_is_used_by_hand_once_that_is_chosen(
    progress: Progress, work: Path
) -> None:
    desk = Desk(load_course(), progress, work / "data", capability=PRIVATE)
    shutil.copytree(load_course().find("file-download").solution_folder, work / "netlab-work" / "05-file-download")
    first = NetlabApp(desk, "file-download")
    async with first.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab_screen(pilot)
        screen.wire.focus()
        await until(pilot, lambda: "wire.toml: only scene lossy uses it" in shown(first))
        await pilot.press("f5")
        await until(pilot, lambda: "This run goes without wire.toml" in shown(first))
        await until(pilot, lambda: screen.session.run.record and not screen.session.run.record.meta.rules)
        await pilot.click(WireLine, offset=place_of(screen.query_one(WireLine), "toggle_script"))
        await until(pilot, lambda: "wire.toml: F5 uses it" in shown(first))
    second = NetlabApp(Desk(load_course(), progress, work / "data", capability=PRIVATE), "file-download")
    async with second.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await until(pilot, lambda: "wire.toml: F5 uses it" in shown(second))
        await pilot.press("f5")
        await until(pilot, lambda: screen.session.run.record and screen.session.run.record.meta.rules)


async def test_a_host_is_cut_off_and_joined_by_number(on_a_wire: NetlabApp) -> None:
    async with on_a_wire.run_test(size=SIZE) as pilot:
        screen = await connected(pilot)
        for cut in (True, False):
            await pilot.press("c")
            await until(pilot, lambda: isinstance(on_a_wire.screen, Pick))
            await pilot.press("1")
            await until(pilot, lambda: on_a_wire.screen is screen)
            await until(pilot, partial(says, on_a_wire, "cut off: client", cut))


async def test_on_the_loopback_it_is_said_why_there_is_no_wire(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await until(pilot, lambda: "no wire on the loopback" in shown(workbench))
        await pilot.press("f5")
        await until(pilot, lambda: "no wire here: These tests ask for the loopback." in shown(workbench))
        screen.panes.go_to("wire")
        assert not any(screen.wire.can(deed) for deed in DEEDS)


async def test_the_past_is_walked_through_and_left(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await looking_back(pilot)
        assert "good evening" in shown(workbench)
        for _ in range(200):
            await pilot.press("shift+left")
            if "good evening" not in shown(workbench):
                break
        await until(pilot, lambda: "the past, " in shown(workbench).splitlines()[0])
        assert screen.wire.moment is not None
        then = screen.wire.moment
        await pilot.press("right")
        await until(pilot, lambda: screen.wire.moment != then)
        await pilot.press("escape")
        await until(pilot, lambda: "the past, " not in shown(workbench) and "good evening" in shown(workbench))


async def test_a_click_on_the_slider_goes_to_that_moment_and_who_waited_then_is_marked(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await looking_back(pilot)
        assert screen.wire.book is not None
        assert not screen.wire.book.waiting()
        track = screen.query_one(TimeLine)
        await pilot.click(TimeLine, offset=(track.size.width // 2, 0))
        await until(pilot, lambda: "was running" in shown(workbench))
        assert [call.entered.function for call in screen.wire.book.waiting()] == ["accept"]
        assert any("accept()" in mark.text for mark in screen.code._marks["server.py"])
        await pilot.click(TimeLine, offset=(track.size.width - 3, 0))
        await until(pilot, lambda: screen.wire.moment is None)


async def test_a_client_by_hand_gets_a_terminal_and_the_keyboard(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        (screen.session.path / "client.py").write_text("input()\n")
        await pilot.press("f5")
        await until(pilot, lambda: "listening on" in shown(workbench) and "client" in screen.session.run.running)
        screen.panes.go_to("wire")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(workbench.focused, TerminalView) and "Type lines" in shown(workbench))
        await pilot.press(*"hi", "enter")
        await until(pilot, lambda: "client> hi" in shown(workbench))
        await pilot.press("f5")
        await until(pilot, lambda: "Type lines" not in shown(workbench) and "line" not in screen.session.run.running)
        assert not any(pane.region.area for pane in screen.terminals if pane.terminal == "line")


async def test_a_run_that_was_stopped_can_be_opened_again(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "connected" in shown(workbench))
        await pilot.press("f8")
        await until(pilot, lambda: screen.session.runs.runs())
        screen.open_record()
        await until(pilot, lambda: isinstance(workbench.screen, Pick) and "By hand" in shown(workbench))
        await pilot.press("1")
        await until(pilot, lambda: "all " in shown(workbench) and "connected" in shown(workbench))
        assert screen.session.run.stage is None
