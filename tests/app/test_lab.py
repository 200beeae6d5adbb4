"""The lab screen, as a learner uses it: typing, running, saving, checking, being asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button

from netlab.app.app import NetlabApp
from netlab.app.screens.dialogs import Ask
from netlab.app.screens.home import HomeScreen
from netlab.app.widgets.editor import Editor
from netlab.app.widgets.terminal import TerminalView
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, Versions
from netlab.courseware.model import Lab
from netlab.session import checks
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen, shown, until

SIZE = (120, 40)


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> ScriptedChecker:
    """In place of the real check, which takes seconds: verdicts as the test says them."""
    scripted = ScriptedChecker()
    monkeypatch.setattr(checks, "check", scripted)
    return scripted


class ScriptedChecker:
    """Judges `listens` passed and the rest failed, when it is let go on."""

    def __init__(self) -> None:
        self.started = 0
        self.go_on = asyncio.Event()

    async def __call__(
        self, lab: Lab, folder: Path, *, on_result: Callable[[CheckpointResult], None], **others: Any
    ) -> LabReport:
        self.started += 1
        results = []
        for model in lab.checkpoints:
            passed = model.id == "listens"
            result = CheckpointResult(
                model.id,
                model.title,
                model.title_zh,
                Verdict.PASSED if passed else Verdict.FAILED,
                expected="" if passed else "b'hello'",
                got="" if passed else "[red]b'hell\x1b[2J'",
                where="" if passed else "client.py:3 send()",
            )
            results.append(result)
            on_result(result)
            await self.go_on.wait()
        return LabReport(lab.id, "loopback", Versions("0", "1", "3", "python"), tuple(results), seconds=1.5)


@pytest.fixture(autouse=True)
def slow_checks(checker: ScriptedChecker) -> None:
    """No test here waits for the real checkpoints."""


async def test_everything_one_needs_is_on_one_screen(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await until(pilot, lambda: "step 1 of" in shown(workbench))
        text = shown(workbench)
        for part in (
            "Chat server",
            "0 of 15 passed",
            "server.py",
            "import socket",
            "10.0.0.2",
            "whole-chat",
            "Wire",
            "F5",
        ):
            assert part in text


async def test_what_is_typed_at_a_terminal_goes_to_the_program(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        (folder / "client.py").write_text("print('you wrote', ascii(input('who? ')))\n")
        await pilot.press("f5")
        await until(pilot, lambda: "who?" in shown(workbench))
        screen.panes.go_to("programs")
        await pilot.pause()
        await pilot.press("f6")
        assert isinstance(workbench.focused, TerminalView)
        await pilot.press("a", "tab", "b", "backspace", "c", "enter")
        await until(pilot, lambda: "you wrote 'a\\tc'" in shown(workbench))
        await until(pilot, lambda: "ended, exit code 0" in shown(workbench))


async def test_ctrl_c_tab_and_escape_belong_to_the_program_and_f6_leaves(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        (folder / "server.py").write_text("import time\nprint('up', flush=True)\nwhile True: time.sleep(1)\n")
        await pilot.press("f5")
        await until(pilot, lambda: screen.session.run.running == ["server"])
        screen.panes.go_to("programs")
        await pilot.pause()
        view = workbench.focused
        await pilot.press("tab", "escape", "ctrl+q", "ctrl+p")
        assert workbench.focused is view
        assert workbench.screen is screen
        assert "Leave terminal" in shown(workbench)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "KeyboardInterrupt" in shown(workbench))
        await pilot.press("ctrl+right_square_bracket")
        assert workbench.focused is not view


async def test_a_save_writes_the_file_and_checks_again_without_moving_the_focus(
    workbench: NetlabApp, folder: Path, checker: ScriptedChecker
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        editor = workbench.focused
        assert isinstance(editor, Editor)
        await pilot.press("#", "x", "enter")
        assert "server.py*" in shown(workbench)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (folder / "server.py").read_text().startswith("#x\n"))
        assert "server.py*" not in shown(workbench)
        await until(pilot, lambda: checker.started)
        checker.go_on.set()
        await until(pilot, lambda: "1 of 15 passed, 1.5 s" in screen.checks.state)
        assert workbench.focused is editor
        assert "1 of 15 passed" in shown(workbench).splitlines()[0]


async def test_verdicts_come_in_one_by_one(workbench: NetlabApp, checker: ScriptedChecker) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: "checking 1 of 15" in shown(workbench))
        assert "\u2713 listens" in shown(workbench)
        checker.go_on.set()
        await until(pilot, lambda: "\u2717 whole-chat" in shown(workbench))
        assert screen.session.checks.results["whole-chat"].verdict is Verdict.FAILED


async def test_a_failed_checkpoint_opens_on_its_reasons_and_leads_to_the_line(
    workbench: NetlabApp, checker: ScriptedChecker
) -> None:
    checker.go_on.set()
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: "1 of 15 passed, 1.5 s" in screen.checks.state)
        screen.panes.go_to("checks")
        await pilot.press("down")
        await until(pilot, lambda: "[red]b'hell\u241b[2J'" in shown(workbench))
        assert "b'hello'" in shown(workbench)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(workbench.focused, Editor))
        editor = workbench.focused
        assert isinstance(editor, Editor)
        assert (editor.file, editor.cursor_location[0]) == ("client.py", 2)


async def test_one_program_is_restarted_on_the_living_hosts(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        (folder / "client.py").write_text("input('still here ')\n")
        await pilot.press("f5")
        await until(pilot, lambda: set(screen.session.run.running) == {"server", "client"})
        server, client = (screen.session.run.program(name) for name in ("server", "client"))
        screen.restart("server")
        await until(pilot, lambda: screen.session.run.program("server") not in (None, server))
        assert screen.session.run.program("client") is client
        await until(pilot, lambda: "still here" in shown(workbench))


async def test_a_file_that_changed_on_disk_under_an_unsaved_buffer_is_asked_about(
    workbench: NetlabApp, folder: Path
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await pilot.press("m")
        (folder / "server.py").write_text("theirs\n")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        await pilot.press("escape")
        assert (folder / "server.py").read_text() == "theirs\n"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        workbench.screen.query_one("#mine", Button).press()
        await until(pilot, lambda: (folder / "server.py").read_text().startswith('m"""'))


async def test_a_clean_buffer_follows_the_disk(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        (folder / "server.py").write_text("from_another_editor = 1\n")
        await until(pilot, lambda: "from_another_editor" in shown(workbench))
        assert "server.py*" not in shown(workbench)


async def test_quitting_with_unsaved_text_and_running_programs_asks(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "server" in screen.session.run.running)
        await pilot.press("x", "ctrl+q")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        assert "Running: server" in shown(workbench)
        assert "Not saved: server.py" in shown(workbench)
        await pilot.press("escape")
        assert workbench.screen is screen
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        workbench.screen.query_one("#save", Button).press()
        await until(pilot, lambda: not workbench.is_running or workbench._exit)
    assert (folder / "server.py").read_text().startswith('x"""')
    assert screen.session.run.running == []


async def test_two_netlabs_on_one_folder_ask_first(workbench: NetlabApp, desk: Desk) -> None:
    other = desk.session("chat-server")
    assert other.take_folder() == 0
    async with workbench.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        assert "This folder is open in another netlab" in shown(workbench)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(workbench.screen, HomeScreen))
    await other.close()


async def test_text_that_was_never_saved_is_offered_again(workbench: NetlabApp, desk: Desk) -> None:
    session = desk.session("chat-server")
    session.unsaved.keep("server.py", "half a thought")
    async with workbench.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "half a thought" in shown(workbench) and "server.py*" in shown(workbench))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: session.unsaved.kept() == {})


async def test_what_is_typed_is_kept_for_the_case_of_a_crash(workbench: NetlabApp, desk: Desk) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("z")
        await until(pilot, lambda: screen.session.unsaved.kept().get("server.py", "").startswith('z"""'))


async def test_on_a_small_screen_f6_turns_the_panes_over(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await lab_screen(pilot)
        seen = []
        for _ in range(6):
            seen.append([pane.id for pane in screen.query(".pane") if pane.display and pane.region.area])
            await pilot.press("f6")
        terminals = ["terminal-server", "terminal-client"]
        assert seen == [["guide"], ["code"], terminals, terminals, ["wire"], ["checks"]]


async def test_zoom_gives_one_pane_the_screen_and_back(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f10")
        await until(pilot, lambda: screen.code.size.width == 120)
        await pilot.press("f10")
        await until(pilot, lambda: screen.code.size.width < 100)


async def test_a_program_that_floods_its_terminal_leaves_the_workbench_quick(
    workbench: NetlabApp, folder: Path
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        (folder / "client.py").write_text(
            "for n in range(500): print('flood 你好\\n' * 1000)\nprint('the last line')\n"
        )
        await pilot.press("f5", "y")
        await until(pilot, lambda: "the last line" in shown(workbench))
        assert "server.py*" in shown(workbench)
        assert screen.session.run.program("client") is not None


async def test_the_guide_turns_its_pages_only_when_asked(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to("guide")
        await pilot.pause()
        assert "Next step" in shown(workbench).splitlines()[-1]
        await pilot.press("right")
        await until(pilot, lambda: "step 2 of 7" in shown(workbench).splitlines()[0])
        await pilot.press("left", "left")
        await until(pilot, lambda: "step 1 of 7" in shown(workbench).splitlines()[0])


async def test_the_whole_lab_changes_its_language_at_run_time(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        workbench.choose_language("zh")
        parts = ("检查点", "未运行", "网线", "运行", "两个人，两个程序")
        await until(pilot, lambda: all(part in shown(workbench) for part in parts))
        workbench.choose_language("en")
        await until(pilot, lambda: "Two people, two programs" in shown(workbench))


async def test_hints_come_one_at_a_time_and_are_recorded(workbench: NetlabApp, desk: Desk) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: "Hint 1 of 4" in shown(workbench))
        await pilot.press("escape", "f3")
        await until(pilot, lambda: "Hint 2 of 4" in shown(workbench))
        assert desk.progress.revealed("chat-server", "hint") == ("1", "2")
