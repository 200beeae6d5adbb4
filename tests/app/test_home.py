"""The first screen: the course, the progress, and what this machine gives."""

from __future__ import annotations

from netlab.app.app import NetlabApp
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen, shown, until


async def test_the_course_shows_how_far_i_am(desk: Desk, progress: Progress) -> None:
    progress.record_attempts("chat-server", "1", [("listens", "passed"), ("replies", "failed")])
    app = NetlabApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "1/15" in shown(app))
        await pilot.press("home", *["down"] * desk_index(desk))
        await until(pilot, lambda: "A server and a client that" in shown(app))
        await until(pilot, lambda: "netlab-work/" in shown(app))


async def test_enter_opens_the_lab_and_lays_out_the_folder(desk: Desk) -> None:
    app = NetlabApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "0/15" in shown(app) or "not started" in shown(app))
        await pilot.press("home", *["down"] * desk_index(desk), "enter")
        screen = await lab_screen(pilot)
        assert screen.session.lab.id == "chat-server"
        assert (screen.session.path / "server.py").is_file()


async def test_the_loopback_is_said_with_its_reason(desk: Desk) -> None:
    app = NetlabApp(desk)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "loopback only" in shown(app))
        assert any("These tests ask for the loopback." in notice.message for notice in app._notifications)


async def test_a_private_network_is_said_quietly(desk: Desk) -> None:
    desk._capability = Capability(True)
    app = NetlabApp(desk)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "private network" in shown(app))
        assert not app._notifications


async def test_the_language_changes_at_run_time(desk: Desk) -> None:
    app = NetlabApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        app.choose_language("zh")
        await until(pilot, lambda: "课程" in shown(app) and "聊天服务器" in shown(app))
        app.choose_language("en")
        await until(pilot, lambda: "Course" in shown(app))


def desk_index(desk: Desk) -> int:
    """How far down the chat server stands in the course."""
    return [row.head.id for row in desk.rows()].index("chat-server")


async def test_the_course_is_there_behind_a_lab_that_was_opened_first(desk: Desk) -> None:
    app = NetlabApp(desk, "chat-server")
    async with app.run_test(size=(100, 30)) as pilot:
        lab = await lab_screen(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "1  Letters and phone calls" in shown(app) and "loopback only" in shown(app))
        await until(pilot, lambda: app.focused is not None and app.focused.id == "course-list")
        await until(pilot, lambda: not lab.is_running)


async def test_the_course_is_there_where_the_first_lab_cannot_be_opened(desk: Desk) -> None:
    app = NetlabApp(desk, "no-such-lab")
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "not started" in shown(app))
