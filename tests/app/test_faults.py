"""A fault of netlab's own: text is kept, a report is written, and a screen of ours says so."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from netlab.app.app import NetlabApp
from netlab.app.fault_app import FaultApp
from netlab.app.faults import Fault
from netlab.app.screens.lab import LabScreen
from netlab.errors import UsageError
from netlab.session import checks
from netlab.session.desk import Desk
from netlab.session.facts import Fact, FilesWritten
from tests.app.conftest import lab_screen, shown, until

GoWrong = Callable[[LabScreen, pytest.MonkeyPatch], Awaitable[None]]


@pytest.fixture(autouse=True)
def state(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLAB_DATA", str(work / "data"))


async def test_a_fault_keeps_what_was_typed_and_writes_a_report(workbench: NetlabApp, desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the app raises as it is left
        async with workbench.run_test(size=(120, 40)) as pilot:
            screen = await lab_screen(pilot)
            await pilot.press("h", "i")
            screen.call_later(lambda: 1 // 0)
            await pilot.pause()
    fault = workbench.fault
    assert fault is not None
    assert fault.kept == ("server.py",)
    assert fault.report is not None
    assert "ZeroDivisionError" in fault.report.read_text()
    assert desk.session("chat-server").unsaved.kept()["server.py"].startswith('hi"""')


async def in_a_task_of_the_session(screen: LabScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check runs in one that nobody awaits."""

    async def check(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(checks, "check", check)
    screen.session.check()


async def in_the_watch_over_the_folder(screen: LabScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(names: set[str]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(screen.session, "_listeners", [written])
    (screen.session.path / "notes.md").write_text("from another editor")


async def in_a_callback_of_the_loop(screen: LabScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """As those are that read what programs write."""
    asyncio.get_running_loop().call_soon(lambda: 1 // 0)


@pytest.mark.parametrize(
    "go_wrong", [in_a_task_of_the_session, in_the_watch_over_the_folder, in_a_callback_of_the_loop]
)
async def test_what_goes_wrong_outside_of_any_handler_is_a_fault_too(
    workbench: NetlabApp, desk: Desk, monkeypatch: pytest.MonkeyPatch, go_wrong: GoWrong
) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the app raises as it is left
        async with workbench.run_test(size=(120, 40)) as pilot:
            screen = await lab_screen(pilot)
            await pilot.press("h", "i")
            await until(pilot, lambda: screen.code.dirty())
            await go_wrong(screen, monkeypatch)
            await until(pilot, lambda: workbench.fault is not None)
    assert workbench.fault is not None
    assert workbench.fault.kept == ("server.py",)
    assert desk.session("chat-server").unsaved.kept()["server.py"].startswith('hi"""')


async def test_an_error_with_a_message_of_its_own_is_told_and_ends_nothing(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(120, 40), notifications=True) as pilot:
        await lab_screen(pilot)

        def refuse() -> None:
            raise UsageError("The disk is full.", "Make room.")

        asyncio.get_running_loop().call_soon(refuse)
        await until(pilot, lambda: "The disk is full." in shown(workbench))
        assert workbench.fault is None


async def test_a_folder_that_is_taken_away_is_told_and_ends_nothing(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=(120, 40), notifications=True) as pilot:
        screen, told = await lab_screen(pilot), list[Fact]()
        screen.session.subscribe(told.append)
        shutil.rmtree(folder)
        await until(pilot, lambda: any(isinstance(fact, FilesWritten) for fact in told))
        await until(pilot, lambda: "server.py changed on disk" in shown(workbench))
        assert "import socket" in shown(workbench)
        await pilot.press("f9")
        await until(pilot, lambda: "does not exist" in shown(workbench))
        assert workbench.fault is None


@pytest.mark.parametrize(("key", "again"), [("enter", True), ("escape", False)])
async def test_the_screen_says_what_to_report_and_leads_back(key: str, again: bool) -> None:
    app = FaultApp(Fault("KeyError: [red]'port'\x1b[2J", Path("/somewhere/fault-1.txt"), ("server.py", "client.py")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        for part in ("netlab made a mistake", "[red]'port'\u241b[2J", "/somewhere/fault-1.txt", "server.py"):
            assert part in text
        await pilot.press(key)
    assert app.return_value is again


def test_a_report_that_could_not_be_written_is_said() -> None:
    assert "could not be written" in FaultApp(Fault("KeyError", None, ())).text
