"""Pictures of the screens, from a saved record: each test first says in words what must be on it.

`pytest tests/app/test_pictures.py --snapshot-update` after a change that is meant; `python -m tests.app.remake_record`
when the record itself must be new.
"""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, Versions
from netlab.courseware.course import Course, load_course
from netlab.progress.store import Progress
from netlab.record.saving import open_record
from netlab.session.desk import Desk
from netlab.session.facts import CheckFinished, CheckpointJudged
from tests.app.conftest import PRIVATE, lab_screen, shown, until
from tests.app.remake_record import RECORD

SIZES = [(80, 24), (120, 40)]
NARROW = (60, 24)
Compare = Callable[..., bool]


@pytest.fixture
def desk(progress: Progress, work: Path) -> Desk:
    """On a private network, with one lab, so that a new lab changes no picture."""
    course = load_course()
    folder = work / "netlab-work" / "02-chat-server"
    shutil.copytree(course.find("chat-server").solution_folder, folder)
    progress.record_attempts("chat-server", "1", [("listens", "passed"), ("shows-message", "passed")])
    one = Course(course.folder, tuple(head for head in course.heads if head.id == "chat-server"))
    return Desk(one, progress, work / "data", capability=PRIVATE)


def after(act: Callable[[Pilot[int]], Awaitable[None]]) -> dict[str, Any]:
    """For snap_compare: what is done before the picture is taken."""
    return {"run_before": act}


@pytest.mark.parametrize("size", [*SIZES, NARROW])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_home(desk: Desk, snap_compare: Compare, size: tuple[int, int], language: str) -> None:
    app = NetlabApp(desk, language=language)

    async def act(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: "2/15" in shown(app))
        if size != NARROW:  # there the line has no room for it
            await until(pilot, lambda: ("private network" if language == "en" else "私有网络") in shown(app))

    assert snap_compare(app, terminal_size=size, **after(act))


@pytest.mark.parametrize("size", [*SIZES, NARROW, (160, 45), (200, 50)])
def test_lab_after_a_run(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)
        assert "11 of 15 passed" in shown(app)
        if size[0] >= 120:
            assert "SYN,ACK" in shown(app) or "FIN,ACK" in shown(app)
            assert "good evening" in shown(app)

    assert snap_compare(app, terminal_size=size, **after(act))


@pytest.mark.parametrize("size", [(80, 24), NARROW])
@pytest.mark.parametrize("tab", ["code", "programs", "wire", "checks"])
def test_lab_on_a_small_screen(desk: Desk, snap_compare: Compare, tab: str, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        screen = await show_run(pilot)
        screen.panes.go_to(tab)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, **after(act))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_lab_in_chinese(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server", language="zh")

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)
        assert ("检查点" if size[0] > 80 else "检查") in shown(app)

    assert snap_compare(app, terminal_size=size, **after(act))


@pytest.mark.parametrize("theme", ["netlab-light", "netlab-contrast"])
def test_lab_in_other_colours(desk: Desk, snap_compare: Compare, theme: str) -> None:
    app = NetlabApp(desk, "chat-server", theme=theme)

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


def test_lab_without_colours(desk: Desk, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)
        for sign in ("\u2713 listens", "\u2717 ends-on-88", "\u25b8"):
            assert sign in shown(app)

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


def test_a_failed_checkpoint(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        screen = await show_run(pilot)
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press(*["down"] * 5, "f10")
        await until(pilot, lambda: "the connection closed, and nothing sent" in shown(app))

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_frame_opened(desk: Desk, snap_compare: Compare, size: tuple[int, int], language: str) -> None:
    app = NetlabApp(desk, "chat-server", language=language)

    async def act(pilot: Pilot[int]) -> None:
        screen = await show_run(pilot)
        screen.linking.open_frame(4)
        await until(pilot, lambda: "35270 > 7788 PSH,ACK" in shown(app))
        while "414053103" not in shown(app):
            await pilot.press("down")
        assert "[18 ad" in shown(app)

    assert snap_compare(app, terminal_size=size, **after(act))


@pytest.mark.parametrize("size", SIZES)
def test_the_states_of_both_ends(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: "#C  TIME-WAIT   #" in shown(app))

    assert snap_compare(app, terminal_size=size, **after(act))


def test_the_states_without_colours(desk: Desk, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await show_run(pilot)
        await pilot.press("f4", *["left"] * 4)
        await until(pilot, lambda: "#C FIN-WAIT-2   #" in shown(app) or "#C FIN-WAIT-1   #" in shown(app))

    assert snap_compare(app, terminal_size=(80, 24), **after(act))


def test_a_chosen_frame_and_its_calls(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        screen = await show_run(pilot)
        screen.panes.go_to("wire")
        screen.wire.go_to_frame(4)
        await until(pilot, lambda: "<- woken by frame 4" in shown(app))

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


def test_help(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: "Save, and judge every checkpoint" in shown(app))

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


def test_leaving_with_unsaved_text(desk: Desk, snap_compare: Compare) -> None:
    app = NetlabApp(desk, "chat-server")

    async def act(pilot: Pilot[int]) -> None:
        await lab_screen(pilot)
        await pilot.press("x", "ctrl+q")
        await until(pilot, lambda: "Not saved: server.py." in shown(app))

    assert snap_compare(app, terminal_size=(120, 40), **after(act))


async def show_run(pilot: Pilot[int]) -> Any:
    """The lab with the saved run in it and some verdicts."""
    screen = await lab_screen(pilot)
    await screen.session.run.show(open_record(RECORD))
    results = verdicts(screen.session.lab.checkpoints)
    for result in results:
        screen.session.checks.results[result.id] = result
        screen.session._tell(CheckpointJudged(result))
    versions = Versions("0", "1", "3", "python")
    screen.session._tell(CheckFinished(LabReport("chat-server", "private", versions, tuple(results), seconds=2.5)))
    await until(pilot, lambda: screen.wire.state and "2.5" in screen.checks.state)
    await pilot.pause()
    return screen


def verdicts(models: Any) -> list[CheckpointResult]:
    """All passed but one that failed, one that errored, one blocked and one unavailable."""
    special = {
        "ends-on-88": (Verdict.FAILED, "the connection closed, and nothing sent", "b'good bye'", "server.py:18"),
        "88-inside": (Verdict.BLOCKED, "", "ends-on-88 did not pass", ""),
        "reset": (Verdict.ERRORED, "the checkpoint to come to a verdict", "KeyError: 'port'", ""),
        "whole-chat": (Verdict.UNAVAILABLE, "", "There is no wire here.", ""),
    }
    return [
        CheckpointResult(model.id, model.title, model.title_zh, verdict, expected, got, where, hint=model.hint)
        for model in models
        for verdict, expected, got, where in [special.get(model.id, (Verdict.PASSED, "", "", ""))]
    ]
