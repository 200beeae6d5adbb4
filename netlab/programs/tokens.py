"""A terminal's bytes, cut into what they say: text, control characters, escape sequences (ECMA-48, 5.4).

They may begin and end in the middle of anything. Strings (window titles, links, sixels) are swallowed whole.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from netlab.programs.cells import UNSAFE

_HELD_MAX = 256  # an escape sequence longer than this is none

_TOKEN = re.compile(
    r"""
      (?P<text> [^\x00-\x1f\x7f-\x9f]+ )
    | (?P<newline> \r+\n )
    | \x1b \[ (?P<parameters> [0-?]* ) (?P<between> [\ -/]* ) (?P<final> [@-~] )
    | (?P<string> \x1b [\]PX^_] [^\x07\x18\x1a\x1b\n]* \x07? )
    | \x1b (?: \[ [0-?]* [\ -/]* | (?P<escape> [\ -/]* [0-~] ) | [\ -/]* )
    | (?P<control> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[ -/]*)")
_STRING_END = re.compile(r"[\x07\x18\x1a\x1b\n]")
_NEEDS_CARE = re.compile(f"[{UNSAFE}]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # the same for ASCII, where it takes a third of the time

Token = re.Match[str]
"""`lastgroup` says what it is: text, newline, final (a control sequence), escape, control, or nothing to obey."""


class Reader:
    """Keeps what is not whole yet."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._in_string = False

    def text_of(self, data: bytes) -> str:
        """What can be read now. Bad UTF-8 becomes U+FFFD."""
        text = self._held + self._decoder.decode(data)
        self._held = ""
        if self._in_string:
            text = self._after_string(text)
        return self._hold_unfinished(text)

    def tokens(self, text: str) -> Iterator[Token]:
        """All of it, piece by piece."""
        for token in _TOKEN.finditer(text):
            if token.lastgroup != "string":
                yield token
            elif token.end() == len(text):
                self._in_string = text[-1] != "\x07"

    def _hold_unfinished(self, text: str) -> str:
        begin = text.rfind("\x1b", -_HELD_MAX)
        if begin >= 0 and _UNFINISHED.fullmatch(text, begin):
            self._held = text[begin:]
            return text[:begin]
        if text.endswith("\r"):  # with what follows it may be a line's end
            kept = text.rstrip("\r")
            self._held = "\r"
            return kept
        return text

    def _after_string(self, text: str) -> str:
        """What follows the end of an operating-system command or the like."""
        end = _STRING_END.search(text)
        self._in_string = end is None
        if end is None:
            return ""
        return text[end.end() if end[0] == "\x07" else end.start() :]


def plain_lines(text: str) -> list[str] | None:
    """The lines of a text in which nothing but line ends is to be obeyed; None where there is more."""
    joined = text.replace("\r\n", "\n")
    careful = _CONTROLS if joined.isascii() else _NEEDS_CARE
    if len(text) - len(joined) != joined.count("\n") or careful.search(joined):
        return None
    return joined.split("\n")
