"""What a line terminal shows: bytes in, styled lines out. No clock, no terminal, no drawing.

Lines, a prompt without newline, carriage return, backspace, tabs, erasing and moving within the line, colours. It is no
full-screen terminal: moving to another line is passed over. Whatever comes in, what comes out is text without control
characters. Sequences as in ECMA-48 and ctlseqs (xterm).
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import overload

from netlab.programs.cells import split_at, without_controls
from netlab.programs.screen_line import ScreenLine
from netlab.programs.styles import PLAIN, Line, Run, Style, styled

_TAB = 8
_HELD_MAX = 256  # an escape sequence longer than this is none
_NUMBER_MAX = 4096

_TOKEN = re.compile(
    r"""
      (?P<text> [^\x00-\x1f\x7f-\x9f]+ )
    | (?P<newline> \r*\n )
    | \x1b \[ (?P<parameters> [0-?]* ) [\ -/]* (?P<final> [@-~] )
    | (?P<string> \x1b [\]PX^_] )
    | (?P<reset> \x1bc )
    | \x1b (?: \[ [0-?]* [\ -/]* | [\ -/]* [0-~]? )
    | (?P<control> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[ -/]*)")
_STRING_END = re.compile(r"[\x07\x18\x1a\x1b\n]")
_NEEDS_CARE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Rows(Sequence[Line]):
    """The rows of a screen, as they are at the moment."""

    def __init__(self, kept: deque[Line], current: ScreenLine) -> None:
        self._kept = kept
        self._current = current

    def __len__(self) -> int:
        return len(self._kept) + 1

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self[row] for row in range(*place.indices(len(self)))]
        return self._current.runs() if place in (-1, len(self._kept)) else self._kept[place + (place < 0)]


class Screen:
    """The rows of a terminal `columns` cells wide: scroll-back, and at last the row that the cursor stands on."""

    def __init__(self, columns: int = 80, *, scrollback: int = 5000) -> None:
        self.columns = max(2, columns)
        """Longer lines go on in the next row. Another width holds for the rows to come."""
        self._kept: deque[Line] = deque(maxlen=scrollback)
        self._done = 0
        self._line = ScreenLine(self.columns)
        self._style = PLAIN
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._in_string = False
        self._cleared = 0
        self.version = 0
        """Goes up whenever something may look different."""

    @property
    def lines(self) -> Rows:
        """All rows, the oldest first; never empty."""
        return Rows(self._kept, self._line)

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor's place in `lines` (always the last), and its cell from 0."""
        return len(self._kept), min(self._line.column, self.columns - 1)

    @property
    def dropped(self) -> int:
        """Rows that were dropped from the front: with it, a place in `lines` is a number that never changes."""
        return self._done - len(self._kept)

    @property
    def cleared(self) -> int:
        """The place in `lines` behind what there was when the program last cleared its screen."""
        return max(0, self._cleared - self.dropped)

    def feed(self, data: bytes) -> None:
        """The program wrote this; it may begin and end in the middle of anything."""
        self.version += 1
        text = self._held + self._decoder.decode(data)
        self._held = ""
        if self._in_string:
            text = self._after_string(text)
        text = self._hold_unfinished(text)
        if "\x1b" not in text:
            text = self._skip_what_scrolls_away(text)
        self._read(text)

    def _hold_unfinished(self, text: str) -> str:
        begin = text.rfind("\x1b", -_HELD_MAX)
        if begin >= 0 and _UNFINISHED.fullmatch(text, begin):
            self._held = text[begin:]
            return text[:begin]
        if text.endswith("\r"):  # what it means depends on whether a newline follows
            self._held = "\r"
            return text[:-1]
        return text

    def _skip_what_scrolls_away(self, text: str) -> str:
        """Of a flood only the last lines are looked at; the others count."""
        surplus = text.count("\n") - (self._kept.maxlen or 0)
        if surplus <= 0:
            return text
        self._end_line()
        lines = text.split("\n", surplus)
        self._done += surplus - 1
        return lines[-1]

    def _read(self, text: str) -> None:
        text = text.replace("\r\n", "\n")
        if _NEEDS_CARE.search(text) is None:
            self._write_lines(text)
        else:
            self._read_tokens(text)

    def _write_lines(self, text: str) -> None:
        first, *others = text.split("\n")
        self._write(first)
        if not others:
            return
        self._end_line()
        for line in islice(others, len(others) - 1):
            self._add_line(line)
        self._write(others[-1])

    def _add_line(self, text: str) -> None:
        if len(text) > self.columns or not (text.isascii() or 2 * len(text) <= self.columns):
            self._write(text)
            self._end_line()
            return
        self._kept.append((Run(text, self._style),) if text else ())
        self._done += 1

    def _write(self, text: str) -> None:
        while text:
            fits, text = split_at(text, self.columns - self._line.column)
            if fits:
                self._line.write(fits, self._style)
            if text:
                self._end_line()

    def _end_line(self) -> None:
        self._kept.append(self._line.runs())
        self._done += 1
        self._line = ScreenLine(self.columns)

    def _read_tokens(self, text: str) -> None:
        place = 0
        while token := _TOKEN.match(text, place):
            place = token.end()
            match token.lastgroup:
                case "text":
                    self._write(without_controls(token[0]))
                case "newline":
                    self._end_line()
                case "final":
                    self._control_sequence(token["final"], token["parameters"])
                case "string":
                    text, place = self._after_string(text[place:]), 0
                case "reset":
                    self._style = PLAIN
                    self._clear()
                case "control":
                    self._control(token[0])

    def _after_string(self, text: str) -> str:
        """What follows the end of an operating-system command or the like; such a string is never shown."""
        end = _STRING_END.search(text)
        self._in_string = end is None
        if end is None:
            return ""
        return text[end.end() if end[0] == "\x07" else end.start() :]

    def _control(self, character: str) -> None:
        if character == "\r":
            self._line.move_to(0)
        elif character == "\b":
            self._line.move_by(-1)
        elif character == "\t":
            self._tab()

    def _tab(self) -> None:
        """Move to the next tab stop; at the line's end by blanks, which look the same."""
        distance = min(_TAB - self._line.column % _TAB, self.columns - 1 - self._line.column)
        if self._line.at_end:
            self._write(" " * distance)
        else:
            self._line.move_by(distance)

    def _control_sequence(self, final: str, parameters: str) -> None:
        if parameters[:1] in ("<", "=", ">", "?"):  # a private mode
            return
        if final == "m":
            self._style = styled(self._style, parameters)
            return
        number = _first_number(parameters)
        match final:
            case "K":
                self._line.erase(number)
            case "J" if number >= 2:
                self._clear()
            case "C":
                self._line.move_by(max(1, number))
            case "D":
                self._line.move_by(-max(1, number))
            case "G" | "`":
                self._line.move_to(max(1, number) - 1)
            case "P":
                self._line.delete(max(1, number))
            case "@":
                self._line.insert(max(1, number))
            case "X":
                self._line.blank(max(1, number))

    def _clear(self) -> None:
        if not self._line.empty:
            self._end_line()
        self._cleared = self._done


def _first_number(parameters: str) -> int:
    digits = parameters.split(";", 1)[0][:5]
    return min(int(digits), _NUMBER_MAX) if digits.isdecimal() else 0


def as_text(lines: Sequence[Line]) -> list[str]:
    """The lines without their styles."""
    return ["".join(run.text for run in line) for line in lines]


__all__ = ["Line", "Run", "Screen", "Style", "as_text"]
