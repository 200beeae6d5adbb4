"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys

from netlab.cli.output import emit
from netlab.errors import UsageError


def confirmed(question: str) -> bool:
    """Whether the answer begins with y. Raises UsageError where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody is at the keyboard to say so.", "Say it beforehand, with --yes.")
    emit(f"{question} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")
