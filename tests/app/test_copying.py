"""Text in a terminal is selected with the mouse and copied with a key that no program gets."""

from __future__ import annotations

from pathlib import Path

from textual import events

from netlab.app.app import NetlabApp
from tests.app.conftest import lab_screen, shown, until


async def test_what_the_mouse_selected_is_copied_as_plain_text(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        screen = await lab_screen(pilot)
        (folder / "server.py").write_text("print('\\x1b[31mred\\x1b[0m and 你好 there')\nprint('second line')\n")
        await pilot.press("f5")
        await until(pilot, lambda: shown(workbench).count("second line") > 1 and "exit code 0" in shown(workbench))
        view = screen.terminals[0].query_one("TerminalView")
        left, top = view.content_region.offset
        await pilot.mouse_down(offset=(left + 4, top))
        await pilot._post_mouse_events([events.MouseMove], offset=(left + 6, top + 1), button=1)
        await pilot.mouse_up(offset=(left + 6, top + 1))
        await until(pilot, lambda: screen.get_selected_text())
        assert screen.get_selected_text() in ("and 你好 there\nsecond", "and 你好 there\nsecond ")
        await pilot.press("alt+c")
        assert workbench.clipboard.startswith("and 你好 there\nsecond")


async def test_with_nothing_selected_the_clipboard_stays(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        await lab_screen(pilot)
        workbench.copy_to_clipboard("before")
        await pilot.press("alt+c")
        assert workbench.clipboard == "before"
