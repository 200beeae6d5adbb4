"""What a learner's program finds in its environment: the same on every machine, and nothing of netlab's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from netlab.programs.tracer.injecting import tracing_environment

_KEPT = ("HOME", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER")
_FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",  # no __pycache__ beside what the learner writes
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",  # macOS has no C.UTF-8
    "TERM": "xterm-256color",
}


def learner_environment(folder: Path, trace: Path | None, *, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The whole environment of a program; with `trace`, its socket calls are written to that file."""
    base = os.environ if base is None else base
    environment = {name: base[name] for name in _KEPT if name in base} | _FIXED
    return environment | tracing_environment(trace, folder) if trace is not None else environment
