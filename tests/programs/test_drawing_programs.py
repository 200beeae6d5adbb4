"""Programs that draw, on real pseudo-terminals: curses, readline, bars, the window's size; and what holds them back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from netlab.programs.program import Program
from netlab.programs.screen import Screen, as_text
from tests.programs.conftest import DEADLINE, Start

CURSES = """
import curses
def main(window):
    curses.curs_set(0)
    window.box()
    keys = []
    while True:
        rows, columns = window.getmaxyx()
        window.addstr(1, 2, f"{columns} x {rows}, keys: {' '.join(keys)}   ", curses.A_REVERSE)
        window.refresh()
        key = window.getch()
        if key == ord("q"):
            return
        if key == curses.KEY_RESIZE:
            window.clear(); window.box()
        keys.append(curses.keyname(key).decode())
print("before")
curses.wrapper(main)
print("after")
"""
READLINE = """
import readline
for n in range(3):
    print("got", repr(input("? ")))
"""
BARS = """
for name in "AB": print(name)
for n in range(0, 101, 5):
    print("\\x1b[2A", end="")
    for name in "AB": print(f"\\r{name} {'#' * (n // 5):<20} {n}%")
print("done")
"""
SIZES = """
import os, signal
def tell(*_): print(*os.get_terminal_size(), flush=True)
signal.signal(signal.SIGWINCH, tell)
tell()
while True: signal.pause()
"""


class Terminal:
    """A program's output on a screen, taken in as it comes."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.screen = Screen(program.spec.columns, program.spec.rows)
        self._taken = 0

    @property
    def rows(self) -> list[str]:
        data = self.program.transcript.raw(self._taken)
        self._taken = self.program.transcript.total
        self.screen.feed(data)
        self.program.answer(self.screen.take_answers())
        return [row.rstrip() for row in as_text(self.screen.lines)]

    async def until(self, condition: Callable[[list[str]], object]) -> list[str]:
        rows: list[str] = []
        async with asyncio.timeout(DEADLINE):
            await self.program.until(lambda _: bool(condition(self._keep(rows))))
        assert condition(self._keep(rows)), rows
        return rows

    def _keep(self, rows: list[str]) -> list[str]:
        rows[:] = self.rows
        return rows

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(columns, rows)
        self.program.resize(columns, rows)


async def test_curses_draws_takes_keys_follows_the_size_and_leaves_no_trace(start: Start) -> None:
    terminal = Terminal(start(CURSES))
    rows = await terminal.until(lambda rows: len(rows) > 1 and "80 x 24" in rows[1] and rows[-1] == f"└{'─' * 78}┘")
    assert (rows[0], rows[1][:9], len(rows)) == (f"┌{'─' * 78}┐", "│ 80 x 24", 24)
    assert terminal.screen.modes.application_keys
    assert not terminal.screen.modes.cursor_seen
    terminal.program.type(b"\x1bOA\x1bOHx")
    await terminal.until(lambda rows: "KEY_UP KEY_HOME x" in rows[1])
    terminal.resize(40, 10)
    rows = await terminal.until(lambda rows: "40 x 10" in rows[1] and rows[-1] == f"└{'─' * 38}┘")
    assert len(rows) == 10
    terminal.program.type(b"q")
    rows = await terminal.until(lambda rows: rows[:2] == ["before", "after"])
    assert terminal.screen.modes.cursor_seen


async def test_readline_edits_within_a_line_that_is_longer_than_the_terminal(start: Start) -> None:
    terminal = Terminal(start(READLINE))
    terminal.resize(20, 6)
    await terminal.until(lambda rows: rows[-1] == "?")
    terminal.program.type(b"a line that does not fit into one row")
    await terminal.until(lambda rows: rows == ["? a line that does n", "ot fit into one row"])
    terminal.program.type(b"\x01so: \x05!\r")
    rows = await terminal.until(lambda rows: rows[-1] == "?")
    assert rows[:3] == ["? so: a line that do", "es not fit into one", "row!"]
    assert "".join(rows[3:-1]) == "got 'so: a line that does not fit into one row!'"
    terminal.program.type(b"\x1b[A\x17last\r")
    await terminal.until(lambda rows: "last'" in "".join(rows) and rows[-1] == "?")
    terminal.program.type(b"\x12so: \r")
    await terminal.program.wait()
    assert terminal.rows[-7:] == ["? so: a line that do", "es not fit into one", "last", *rows[3:5], "ne last'", ""]


async def test_progress_bars_that_move_up_lines(start: Start) -> None:
    terminal = Terminal(start(BARS))
    await terminal.program.wait()
    assert terminal.rows == [f"A {'#' * 20} 100%", f"B {'#' * 20} 100%", "done", ""]


async def test_a_program_is_told_of_each_new_size(start: Start) -> None:
    terminal = Terminal(start(SIZES))
    await terminal.until(lambda rows: rows == ["80 24", ""])
    terminal.resize(33, 7)
    await terminal.until(lambda rows: rows == ["80 24", "33 7", ""])
    terminal.resize(100, 30)
    await terminal.until(lambda rows: rows == ["80 24", "33 7", "100 30", ""])


async def test_a_program_is_held_where_it_is_told_to_be(start: Start) -> None:
    program = start("print('ready'); input()\nfor n in range(200_000): print(n)\nprint('done')")
    async with asyncio.timeout(DEADLINE):
        await program.until(lambda program: program.transcript.shows("ready"))
        program.hold_at(100_000)
        program.type(b"\n")
        await program.until(lambda program: program.transcript.total >= 100_000)
        held = program.transcript.total
        program.hold_at(None)
        await program.until(lambda program: program.transcript.shows("done"))
    assert 100_000 <= held < 200_000


async def test_what_was_left_out_of_a_flood_still_has_its_effect(start: Start) -> None:
    program = start(
        "for n in range(200_000): print(n)\n"
        "print('\\x1b[31mred \\x1b[?2004h\\x1b[1mbold'); print('\\x1b[32m', end='')\n"
        "for n in range(200_000): print('green', n)\nprint('last')"
    )
    await program.wait()
    assert program.transcript.omitted
    screen = Screen(80, 24)
    screen.feed(program.transcript.raw())
    last = screen.lines[-2][0]
    assert (last.text, last.style.foreground, last.style.bold) == ("last", 2, True)
    assert screen.modes.brackets_paste
