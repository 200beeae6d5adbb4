"""Gives the terminal to another full-screen program, and takes it back when that has ended: the learner's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_AT_LINE = {"vi", "vim", "nvim", "nano", "emacs", "micro", "kak", "joe", "mg", "ne"}
"""Editors that take `+LINE` before the file."""
_USUAL = ("nano", "vim", "vi")
"""What is looked for where the learner named none."""


def editor_command(file: Path, line: int, environment: Mapping[str, str] = os.environ) -> list[str]:
    """What opens the file in $VISUAL, $EDITOR or what there is, at a line (from 1) if it can; empty for no editor."""
    named = environment.get("VISUAL") or environment.get("EDITOR") or next(filter(shutil.which, _USUAL), "")
    try:
        words = shlex.split(named)
    except ValueError:
        return []
    if not words or not shutil.which(words[0]):
        return []
    return [*words, *([f"+{line}"] if Path(words[0]).name in _AT_LINE else []), str(file)]


def run_in_foreground(argv: Sequence[str], folder: Path) -> int:
    """Waits for the program, which has the terminal to itself; its exit code, minus the signal where one ended it.

    Ctrl-C is meant for it alone meanwhile, as a shell has it.
    """
    before = signal.signal(signal.SIGINT, lambda number, frame: None)  # not SIG_IGN: that would be inherited
    try:
        return subprocess.run(argv, cwd=folder, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
