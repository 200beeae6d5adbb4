"""What the end of a terminal shows: the last lines, and whether a traceback is the last thing on it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

LAST_LINES = 12
"""How many of a terminal's last lines are shown."""
LONGEST_LINE = 400
"""Characters of each of them that are shown."""


def last_lines(lines: Sequence[str]) -> str:
    """The last lines with anything on them, indented; of none, that there is nothing."""
    return "\n".join(f"  {_shortened(line)}" for line in lines[-LAST_LINES:]) or "  (nothing)"


def ends_with_traceback(lines: list[str]) -> bool:
    """Whether the last thing on a terminal is a traceback: its heading, indented lines, the exception, and no more."""
    heads = [n for n, line in enumerate(lines) if line.startswith("Traceback (most recent call last):")]
    if not heads:
        return False
    tail = [line for line in lines[heads[-1] + 1 :] if line.strip()]
    after = [line for line in tail if not re.match(r"\s|During handling|The above exception", line)]
    return len(after) == 1


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ... ({len(line)} characters in all)"
