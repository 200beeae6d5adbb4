"""A terminal of the workbench: keys, pasting, scrolling back, selecting, other sizes, and what its title says."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.screens.lab import LabScreen
from netlab.app.widgets.terminal import TerminalView
from netlab.programs.screen import as_text
from tests.app.conftest import lab_screen, shown, until

SIZE = (120, 40)
NUMBERS = "for n in range(300): print('line', n, 'x' * 30)\ninput('> ')\n"
PASTE = """
import sys
sys.stdout.write("\\x1b[?2004h"); sys.stdout.flush()
import tty; tty.setcbreak(0)
sys.stdout.write("ready ")
data = b""
while not data.endswith(b"~end"):
    data += sys.stdin.buffer.raw.read(1)
print(data)
"""


def view_of(screen: LabScreen) -> TerminalView:
    return screen.terminals[0].query_one(TerminalView)


async def run(pilot: Pilot[int], folder: Path, server: str, *keys: str) -> tuple[LabScreen, TerminalView]:
    """The lab screen and the server's terminal, when F5 was pressed on this server."""
    screen = await lab_screen(pilot)
    (folder / "server.py").write_text(server)
    await pilot.press("f5", *keys)
    return screen, view_of(screen)


def rows(view: TerminalView) -> list[str]:
    return [row.rstrip() for row in as_text(view.program_screen.lines)]


async def test_a_long_line_is_broken_anew_and_the_program_told_when_the_pane_has_another_width(
    workbench: NetlabApp, folder: Path
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await run(
            pilot,
            folder,
            "import os, signal\nprint('word ' * 16)\n"
            "signal.signal(signal.SIGWINCH, lambda *_: print(os.get_terminal_size().columns))\n"
            "print('ready')\nwhile True: signal.pause()\n",
        )
        await until(pilot, lambda: "ready" in rows(view))
        narrow = view.program_screen.columns
        assert rows(view)[0] == ("word " * 16)[:narrow].rstrip()
        screen.panes.go_to("programs")
        await pilot.press("f10")
        await until(pilot, lambda: view.program_screen.columns > 80 and str(view.program_screen.columns) in rows(view))
        assert rows(view)[0] == ("word " * 16).rstrip()
        await pilot.press("f10")
        await until(pilot, lambda: rows(view)[-2:] == [str(narrow), ""])
        assert rows(view)[0] == ("word " * 16)[:narrow].rstrip()


async def test_a_program_finds_its_terminal_as_large_as_it_is_seen(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        _, view = await run(pilot, folder, "import os\nprint(*os.get_terminal_size())\ninput()\n")
        await until(pilot, lambda: len(rows(view)) > 1)
        assert rows(view) == [f"{view.program_screen.columns} {view.program_screen.height}", ""]
        assert view.program_screen.columns != 80


async def test_scrolling_back_stays_where_it_is_and_typing_returns(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        _, view = await run(pilot, folder, NUMBERS)
        await until(pilot, lambda: rows(view)[-1] == ">")
        view.focus()
        await pilot.press("shift+pageup", "alt+pageup")
        await until(pilot, lambda: "line 299" not in shown(workbench))
        back = view.scroll_offset.y
        await pilot.press("shift+pagedown")
        await until(pilot, lambda: view.scroll_offset.y > back)
        await pilot.press("y")
        await until(pilot, lambda: "> y" in shown(workbench) and view.scroll_offset.y == view.max_scroll_y)


async def test_text_is_selected_and_copied_with_keys_over_the_ends_of_rows(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await run(
            pilot, folder, "print('你好 there'); print('long ' * 10 + 'end'); print(input('> '))\n"
        )
        await until(pilot, lambda: rows(view)[-1] == ">")
        view.focus()
        await pilot.press("shift+up", "shift+up", "shift+home")
        whole = "long " * 10 + "end\n>"  # no line end where only the pane is too narrow
        await until(pilot, lambda: screen.get_selected_text() == whole)
        await pilot.press("shift+up", "shift+right")
        await until(pilot, lambda: screen.get_selected_text() == f"好 there\n{whole}")
        await pilot.press("alt+c")
        await until(pilot, lambda: workbench.clipboard == f"好 there\n{whole}")
        await pilot.press("escape")
        await until(pilot, lambda: screen.get_selected_text() is None)
        await pilot.press("h", "i", "enter")
        await until(pilot, lambda: rows(view)[-3:] == ["> hi", "hi", ""])


async def test_a_paste_of_several_lines_is_one_piece_to_a_program_that_asks(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await run(pilot, folder, PASTE)
        await until(pilot, lambda: "ready" in "".join(rows(view)))
        await until(pilot, lambda: screen.terminals[0].state == "waits for you")
        view.focus()
        view.post_message(events.Paste("one\r\n你好\x1b[A\n"))
        await pilot.pause()
        await pilot.press("tilde", "e", "n", "d")
        await until(pilot, lambda: "~end'" in "".join(rows(view)))
        told = repr("\x1b[200~one\r你好[A\r\x1b[201~".encode().replace(b"\r", b"\n") + b"~end")
        assert told in "".join(as_text(view.program_screen.lines))


async def test_the_second_screen_takes_the_pane_and_gives_it_back(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await run(
            pilot,
            folder,
            "import curses\nprint('before')\n"
            "def main(window):\n"
            "    window.addstr(2, 4, 'full screen'); window.refresh()\n"
            "    while (key := window.getch()) != curses.KEY_UP: pass\n"
            "curses.wrapper(main)\nprint('after')\n",
        )
        await until(pilot, lambda: "    full screen" in shown(workbench) and view.program_screen.alternate)
        assert "before" not in rows(view)
        view.focus()
        await pilot.press("up")
        await until(pilot, lambda: rows(view)[:2] == ["before", "after"])
        await until(pilot, lambda: screen.terminals[0].state == "ended, exit code 0")


async def test_an_empty_terminal_says_how_to_fill_it(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await until(pilot, lambda: "F5 runs server.py on host server." in shown(workbench))


async def test_commands_are_reached_from_inside_a_terminal(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to_terminal("server")
        await until(pilot, lambda: "Leave terminal" in shown(workbench).splitlines()[-1])
        assert "Commands" in shown(workbench).splitlines()[-1]
        await pilot.press("alt+p")
        await until(pilot, lambda: workbench.screen is not screen)


async def test_a_program_that_draws_without_end_is_held_back_and_slows_no_key(
    workbench: NetlabApp, folder: Path
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        _, view = await run(
            pilot,
            folder,
            "for n in range(60_000): print(f'\\x1b[{n % 5 + 1};3Hcell {n}\\x1b[K', end='')\nprint('\\x1b[6;1Hlast')\n",
            "y",
        )
        await until(pilot, lambda: rows(view)[:6] == [*(f"  cell {n}" for n in range(59_995, 60_000)), "last"])
        assert "server.py*" in shown(workbench)
