"""What a terminal shows: bytes in, styled rows out. No clock, no terminal, no drawing.

A program may print, or draw: move about, erase, scroll parts, use the second screen. Of a flood that is nothing but
lines, those that nobody could see go straight to the scroll-back. Whatever comes in, what comes out is text without
control characters. Left out: mouse reports, tab stops of one's own, double-width rows, pictures.

Our own because nothing else fits: pyte (LGPL) reads 0.3 MB/s of lines where this reads 60, and 5 of coloured ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from netlab.programs import modes
from netlab.programs.cells import cell_width, without_controls
from netlab.programs.controls import Numbers, numbers, obey
from netlab.programs.history import History, Row, broken, reflowed
from netlab.programs.modes import Modes
from netlab.programs.rows import Rows
from netlab.programs.styles import PLAIN, Line, Run, Style, styled
from netlab.programs.tokens import Reader, Token, plain_lines
from netlab.programs.window import Saved, Window

_ANSWERS_MAX = 256  # bytes: nobody asks for more between two looks
_LINES = str.maketrans("`abcdefghijklmnopqrstuvwxyz{|}~", "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")
"""DEC Special Graphics, which curses draws its boxes with (VT100 user guide, table 3-9)."""


class Screen:
    """The rows of a terminal: scroll-back, and at last the window that the program writes on."""

    def __init__(self, columns: int = 80, rows: int = 24, *, scrollback: int = 5000) -> None:
        self._history = History(scrollback)
        self._main = Window(max(2, columns), max(1, rows), self._history.add)
        self._window = self._main
        self._reader = Reader()
        self._draws_lines = False
        self._last = ""
        self._answers = b""
        self._cleared = 0
        self.modes = Modes()
        """What changes the keys that are sent, and whether the cursor is seen."""
        self.version = 0
        """Goes up whenever something may look different."""

    @property
    def columns(self) -> int:
        """Cells of a row."""
        return self._window.columns

    @property
    def height(self) -> int:
        """Rows of the window."""
        return self._window.rows

    @property
    def alternate(self) -> bool:
        """Whether the program has the second screen, which has no scroll-back."""
        return self._window is not self._main

    @property
    def lines(self) -> Rows:
        """All rows, the oldest first; never empty."""
        return Rows(None if self.alternate else self._history, self._window)

    @property
    def top(self) -> int:
        """The place in `lines` of the window's first row."""
        return 0 if self.alternate else len(self._history.rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor's place in `lines`, and its cell from 0."""
        return self.top + self._window.row, min(self._window.column, self.columns - 1)

    @property
    def dropped(self) -> int:
        """Rows that were dropped from the front: with it, a place in `lines` is a number that never changes."""
        return 0 if self.alternate else self._history.dropped

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it to be read."""
        return not self.alternate and not self._history.rows and not self._main.written()

    @property
    def drawn(self) -> int:
        """Goes up when the program moves about, and does not just print: then nothing of what it writes can be left
        out."""
        return self._main.vertical_moves + (self._window.vertical_moves if self.alternate else 0)

    def take_answers(self) -> bytes:
        """What the program asked its terminal for since the last time: to be typed into it."""
        answers, self._answers = self._answers, b""
        return answers

    # What the program wrote.

    def feed(self, data: bytes) -> None:
        """The program wrote this; it may begin and end in the middle of anything."""
        self.version += 1
        text = self._reader.text_of(data)
        lines = plain_lines(text) if self._window.prints and not self._draws_lines else None
        if lines is None:
            for token in self._reader.tokens(text):
                self._obey(token)
        elif lines:
            self._print(lines)
        self._window.reach_cursor()

    def _print(self, lines: list[str]) -> None:
        """Lines at the end of all that is there. Those that no window could show are not written cell by cell."""
        window = self._window
        window.write(lines[0])
        unseen = len(lines) - 1 - window.rows
        if unseen > 0 and not self.alternate:
            window.leave()
            self._keep(lines[1 : unseen + 1])
            window.write(lines[unseen + 1])
            lines = lines[unseen + 1 :]
        for line in lines[1:]:
            window.new_line()
            window.write(line)
        self._last = lines[-1][-1:] or self._last

    def _keep(self, lines: list[str]) -> None:
        history, style = self._history, self._main.style
        surplus = max(len(lines) - (history.rows.maxlen or 0), 0)
        history.done += surplus
        rows: list[Row] = []
        for text in lines[surplus:]:
            if len(text) > self.columns or not (text.isascii() or 2 * len(text) <= self.columns):
                rows += broken(Row((Run(text, style),)), self.columns)
            else:
                rows.append(Row((Run(text, style),) if text else ()))
        history.add_all(rows)

    def _obey(self, token: Token) -> None:
        kind = token.lastgroup
        if kind == "text":
            self._write(without_controls(token[0]))
        elif kind == "final":
            self._control_sequence(*token.group("final", "parameters", "between"))
        elif kind == "newline":
            self._window.new_line()
        elif kind == "control":
            self._control(token[0])
        elif kind == "escape":
            self._escape(token["escape"])

    def _write(self, text: str) -> None:
        if self._draws_lines:
            text = text.translate(_LINES)
        self._window.write(text)
        self._last = text[-1:] or self._last

    def _control(self, character: str) -> None:
        if character == "\r":
            self._window.column = 0
        elif character == "\b":
            self._window.move_by(-1)
        elif character == "\t":
            self._window.tab()
        elif character in "\n\v\f":
            self._window.line_feed()

    def _escape(self, sequence: str) -> None:
        match sequence:
            case "7":
                self._window.save_cursor()
            case "8":
                self._window.restore_cursor()
            case "D":
                self._window.line_feed()
            case "E":
                self._window.new_line()
            case "M":
                self._window.reverse_line_feed()
            case "(0" | "(B" | "(A":
                self._draws_lines = sequence == "(0"
            case "c":
                self._start_over()

    def _control_sequence(self, final: str, parameters: str, between: str) -> None:
        if between:
            return
        if parameters and parameters[0] in "<=>?":
            if parameters[0] == "?" and final in "hl":
                for mode in numbers(parameters[1:]):
                    self._switch(mode, on=final == "h")
        elif final == "m":
            self._window.style = styled(self._window.style, parameters)
        elif final in "bhlcnt":
            self._report_or_repeat(final, numbers(parameters))
        else:
            obey(self._window, final, numbers(parameters))
            if final == "J" and parameters == "2":
                self._cleared = self._history.done

    def _report_or_repeat(self, final: str, given: Numbers) -> None:
        if final == "b":
            self._write(self._last * max(given[0], 1))
        elif final in "hl":
            if modes.INSERT in given:
                self._window.inserts = final == "h"
        else:
            self._answer(final, given)

    def _answer(self, final: str, given: Numbers) -> None:
        """How it is, where the cursor is, what it is, how large it is (DSR, CPR, DA, and xterm's window report)."""
        row, column = self._window.row + 1, self.cursor[1] + 1
        known = {("n", 5): "0n", ("n", 6): f"{row};{column}R", ("c", 0): "?1;2c"}
        answer = known.get(
            (final, given[0]), f"8;{self.height};{self.columns}t" if (final, given[0]) == ("t", 18) else ""
        )
        if answer and len(self._answers) < _ANSWERS_MAX:
            self._answers += f"\x1b[{answer}".encode()

    def _switch(self, mode: int, *, on: bool) -> None:
        """A private mode (DECSET, DECRST)."""
        if mode in modes.NAMES:
            self.modes = replace(self.modes, **{modes.NAMES[mode]: on})
        elif mode in modes.ALTERNATE:
            self._change_screen(alternate=on)
        elif mode == modes.SAVE_CURSOR:
            self._window.save_cursor() if on else self._window.restore_cursor()
        elif mode == modes.WRAPS:
            self._window.wraps = on
        elif mode == modes.ORIGIN:
            self._window.from_margin = on
            self._window.move_to(0, 0)

    def _change_screen(self, *, alternate: bool) -> None:
        if alternate == self.alternate:
            return
        main = self._main
        if alternate:
            main.reach_cursor()
            main.save_cursor()
            self._window = Window(main.columns, main.rows)
            self._window.style = main.style
            self._window.move_to(main.row, main.column)
        else:
            main.restore_cursor()
            self._window = main

    def _start_over(self) -> None:
        """As a terminal begins (RIS); what was printed stays as scroll-back."""
        self._window = main = self._main
        main.style, main.saved = PLAIN, Saved()
        main.wraps, main.inserts, main.from_margin = True, False, False
        main.set_margins(0, main.rows - 1)
        main.erase_all()
        main.move_to(0, 0)
        self._cleared = self._history.done
        self.modes, self._draws_lines = Modes(), False

    # Size.

    def resize(self, columns: int, rows: int, watched: int = 0) -> int:
        """Another size: lines that were too long are broken anew, the second screen is cut. Where the watched row of
        `lines` is then."""
        columns, rows = max(2, columns), max(1, rows)
        self.version += 1
        if self.alternate:
            window = self._window
            window.lay_out(columns, rows, _cut(window.written(), columns), window.row, window.column)
            self._resize_main(columns, rows, 0)
            return min(watched, len(self.lines) - 1)
        return self._resize_main(columns, rows, watched)

    def _resize_main(self, columns: int, rows: int, watched: int) -> int:
        main, history = self._main, self._history
        kept = len(history.rows)
        last = max(len(main.written()), main.row + 1)
        lines = [*history.rows, *(Row(line.runs(), line.goes_on) for line in main.lines[:last])]
        places = [(kept + main.row, main.column), (kept + main.saved.row, main.saved.column), (watched, 0)]
        places.append((max(self._cleared - history.dropped, 0), 0))
        if columns != main.columns:
            lines, places = reflowed(lines, columns, places)
        cursor, saved, seen, cleared = places
        top = min(max(len(lines) - rows, cleared[0]), cursor[0])
        history.replace(lines[:top])
        self._cleared = history.dropped + cleared[0]
        main.lay_out(columns, rows, lines[top:], cursor[0] - top, cursor[1])
        main.saved = Saved(max(saved[0] - top, 0), saved[1], main.saved.style)
        return seen[0]


def _cut(lines: Sequence[Row], columns: int) -> list[Row]:
    return [replaced for line in lines for replaced in broken(line, columns)[:1]]


def as_text(lines: Sequence[Line]) -> list[str]:
    """The lines without their styles."""
    return ["".join(run.text for run in line) for line in lines]


__all__ = ["Line", "Run", "Screen", "Style", "as_text", "cell_width"]
