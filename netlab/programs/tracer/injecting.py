"""How the tracer gets into a learner's interpreter: by PYTHONPATH, compiled beforehand."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

_FOLDER = Path(__file__).parent / "injected"


def tracing_environment(trace: Path, folder: Path) -> dict[str, str]:
    """The variables that make a Python, and those that it starts, write its socket calls to the file `trace`."""
    compile_once()
    return {
        "PYTHONPATH": str(_FOLDER),
        "NETLAB_TRACE": str(trace.absolute()),
        "NETLAB_TRACE_FOLDER": str(folder.resolve()),
    }


@cache
def compile_once() -> None:
    """Compile the tracer: a learner's Python writes no bytecode, and would otherwise compile it at every start."""
    for source in _FOLDER.glob("*.py"):
        if not _is_compiled(source):
            _compile(source)


def _is_compiled(source: Path) -> bool:
    compiled = Path(cache_from_source(str(source)))
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path) -> None:
    if os.access(source.parent, os.W_OK):
        from py_compile import compile  # noqa: A004 - rarely needed, and slow to import

        compile(str(source), quiet=2)
