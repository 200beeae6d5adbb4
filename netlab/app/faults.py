"""When netlab itself fails: the learner's text is kept first, then everything that a report of the fault needs.

Nothing here may fail in its turn: whatever goes wrong is passed over.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.worker import WorkerFailed

from netlab.app.screens.lab import LabScreen
from netlab.progress.faultreports import keep_report


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of netlab's, as a learner is told of it."""

    what: str
    """The error, in one line."""
    report: Path | None
    """Where its traceback is; None where that could not be written."""
    kept: tuple[str, ...]
    """Files whose unsaved text was kept."""


def take_note(error: BaseException, screens: Iterable[Screen[Any]]) -> Fault:
    """Keeps the unsaved text of every editor, and writes the report."""
    kept = tuple(name for screen in screens if isinstance(screen, LabScreen) for name in _keep_text(screen))
    if isinstance(error, WorkerFailed):
        error = error.error  # a worker's own error says more
    what = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1:]
    report = None
    with suppress(Exception):
        report = keep_report(error)
    return Fault("".join(what) or type(error).__name__, report, kept)


def _keep_text(screen: LabScreen) -> list[str]:
    kept = []
    with suppress(Exception):
        for editor in screen.code.editors():
            if editor.dirty:
                screen.session.unsaved.keep(editor.file, editor.text)
                kept.append(editor.file)
    return kept
