"""What a terminal's view shows: a screen, fed from a running program or from a record, within so many seconds a frame.

A program is read only so far ahead of the view, and the kernel holds it back, as every terminal does; what draws, with
cursor movements or on the second screen, cannot be cut. One that was seen to flood with what it merely prints is not
slowed down: it writes as fast as it is read, and what the view could not take in is left out, saying so, but for what
goes on having an effect (colours, modes).
"""

from __future__ import annotations

import re
import time

from netlab.programs.lasting import what_lasts
from netlab.programs.program import Program
from netlab.programs.screen import Screen

BUDGET = 0.008
"""Seconds of a frame that a terminal may spend on output."""
PIECE = 16_384
"""Bytes taken in between two looks at the clock."""
FARTHEST = 262_144
"""Bytes that the view of a program that prints may be behind before it leaves some out."""
AHEAD = 131_072
"""Bytes that a program may be ahead of the view where nothing may be left out: no more than its transcript keeps."""
FLOOD = AHEAD // 2
"""Bytes between two looks that, where they draw nothing, are a flood."""

_DRAWS = re.compile(rb"\x1b(?:\[[0-9;]*[ABEFHLMSTdfr]|\[\?(?:1049|1047|47)h|M)")
"""Goes to another row than the next, or to the second screen."""
_BOUNDARY = re.compile(rb"(?<=\n)|(?=\x1b)")


class TerminalOutput:
    """A screen and where it is filled from."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = Screen(columns, rows)
        self.program: Program | None = None
        self._taken = 0
        self._draws = False

    def watch(self, program: Program | None) -> None:
        """An empty screen, to be filled with this program's output from its beginning."""
        self._begin()
        self.program = program
        if program is not None and program.ended is None:
            program.hold_at(AHEAD)

    def show(self, data: bytes) -> None:
        """What a program wrote in a run that is over."""
        self._begin()
        if data:
            self.screen.feed(data)

    def _begin(self) -> None:
        if self.program is not None:
            self.program.hold_at(None)
        self.program, self._taken, self._draws = None, 0, False
        self.screen = Screen(self.screen.columns, self.screen.height)

    def pull(self, budget: float) -> bool:
        """Takes in what the program wrote since the last look; whether there was anything."""
        program = self.program
        if program is None or program.transcript.total == self._taken:
            return False
        before, drawn = self._taken, self.screen.drawn
        data, deadline = program.transcript.raw(before), time.monotonic() + budget
        draws = self._draws or _DRAWS.search(data, 0, 2 * PIECE) is not None
        if draws and program.transcript.whole_since(before):
            self._take_in_order(program, data, deadline)
        else:
            self._take_newest(program, data, deadline)
        self._draws = self.screen.alternate or self.screen.drawn != drawn
        if program.ended is None:
            floods = not self._draws and self._taken - before >= FLOOD
            program.hold_at(None if floods else self._taken + AHEAD)
            self._answer(program, before)
        return True

    def _take_in_order(self, program: Program, data: bytes, deadline: float) -> None:
        """As much as there is time for; the rest the next time, if there is one."""
        at = 0
        while at < len(data) and (time.monotonic() < deadline or program.ended is not None):
            self.screen.feed(data[at : at + PIECE])
            at += PIECE
        self._taken += min(at, len(data))

    def _take_newest(self, program: Program, data: bytes, deadline: float) -> None:
        """All of it or, when the time is up, its end."""
        total = program.transcript.total
        at = _boundary(data, len(data) - FARTHEST)
        if at:
            self._leave_out(data[:at], total - self._taken - len(data) + at)
        self._taken = total
        while at < len(data) and time.monotonic() < deadline:
            self.screen.feed(data[at : at + PIECE])
            at += PIECE
        end = max(_boundary(data, len(data) - PIECE), at)
        self._leave_out(data[at:end], end - at)
        self.screen.feed(data[end:])

    def _leave_out(self, data: bytes, count: int) -> None:
        if count > 0:
            self.screen.feed(f"\r\n\x1b[2m[{count:,} bytes]\x1b[22m\r\n".encode() + what_lasts(data))

    def _answer(self, program: Program, before: int) -> None:
        """What the program asked for is answered once, however often its output is looked at."""
        answers = self.screen.take_answers()
        if answers and before >= program.answered:
            program.answer(answers)
        program.answered = max(program.answered, self._taken)


def _boundary(data: bytes, least: int) -> int:
    """Where a line or an escape sequence begins, at that place or soon behind it; 0 where everything may be kept."""
    if least <= 0:
        return 0
    found = _BOUNDARY.search(data, least, least + PIECE // 4)
    return found.start() if found else least
