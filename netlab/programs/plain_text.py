"""What a terminal's bytes say, without how they say it: for judging `print X`, and for evidence."""

from __future__ import annotations

import re

_ESCAPES = re.compile(
    r"""
      \x1b \[ [0-?]* [\ -/]* [@-~]?                 # CSI: colours, cursor (ECMA-48, 5.4)
    | \x1b \] [^\x07\x1b\n]* (?: \x07 | \x1b\\ )?  # OSC: window title, links
    | \x1b [PX^_] [^\x07\x1b\n]* (?: \x07 | \x1b\\ )?  # DCS, SOS, PM, APC
    | \x1b [\ -/]+ [0-~]?                          # character sets
    | \x1b [0-~]?                                  # every other two-character escape, and a lone ESC
    | [\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]  # control characters, C1 included
    """,
    re.VERBOSE,
)
_LINE_ENDS = re.compile(r"\r*\n|\r+")


def plain_text(data: bytes) -> str:
    """UTF-8 with escape sequences and control characters removed; lines end with `\\n`.

    A carriage return ends a line: text that is written over was shown all the same. Bad UTF-8 becomes U+FFFD.
    """
    return _LINE_ENDS.sub("\n", _ESCAPES.sub("", data.decode("utf-8", "replace")))
