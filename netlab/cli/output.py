"""The only place that writes to stdout: UTF-8 whatever the locale says, plain where nobody sees colours.

Text of learners, labs and programs goes through `emit` like all other: control characters never reach the terminal,
but for the colours that `paint` made.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal

Style = Literal["bold", "dim", "red", "green", "yellow", "blue", "cyan"]

_CODES: dict[Style, int] = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}
_CONTROL = re.compile(r"(\x1b\[[0-9;]*m)|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def prepare() -> None:
    """Before the first byte: stdout is UTF-8, and what cannot be written is escaped rather than fatal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def emit(text: str = "", end: str = "\n") -> None:
    """Writes text and, if need be, its end of line, at once."""
    print(_CONTROL.sub(_escaped, text), end=end, flush=True)


def emit_json(value: Any) -> None:
    """Writes one JSON value, and nothing else, readable in every script."""
    print(json.dumps(value, ensure_ascii=False, indent=2), flush=True)


def emit_lines(lines: Iterable[str]) -> None:
    """Writes lines that are data, one after another: JSON escapes its control characters itself."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def paint(text: str, *styles: Style) -> str:
    """The text in these styles, or as it is where stdout shows none."""
    if not (text and styles and colourful()):
        return text
    return f"\x1b[{';'.join(str(_CODES[style]) for style in styles)}m{text}\x1b[0m"


def colourful() -> bool:
    """Whether stdout is a terminal whose user wants colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def cells(text: str) -> int:
    """How many columns the text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    from netlab.record.cells import width  # 1 ms to load, for text that has other letters than ours

    return width(text)


def pad(text: str, width: int) -> str:
    """The text, filled with spaces to that many columns."""
    return text + " " * (width - cells(text))


def _escaped(match: re.Match[str]) -> str:
    return match[1] or repr(match[0])[1:-1]
