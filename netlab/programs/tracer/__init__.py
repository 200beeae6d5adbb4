"""Sees a learner's socket calls: `injected/` runs in their interpreter, the rest of it reads what that wrote."""

from __future__ import annotations

from pathlib import Path

TRACE_PATH = "NETLAB_TRACE"
"""Environment variable: the file that events are appended to."""
TRACE_FOLDER = "NETLAB_TRACE_FOLDER"
"""Environment variable: the learner's folder; its lines are the ones that events name."""


def injected_folder() -> Path:
    """The folder that goes on the learner's PYTHONPATH; it holds nothing but `sitecustomize.py`."""
    return Path(__file__).parent / "injected"
