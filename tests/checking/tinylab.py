"""A tiny lab, made in a test's own folder: its checkpoints need no network, and what they do is written in the test."""

from __future__ import annotations

import textwrap
from pathlib import Path

from netlab.courseware.model import CheckpointModel, Lab, ProgramModel, StarterModel
from netlab.network.entering import Capability

LOOPBACK = Capability(False, "This machine has no namespaces.", "Take another.")

HEAD = """
import asyncio
import os
from netlab.checking.plugin import checkpoint
from netlab.checking.verdicts import CheckpointFailed, CheckpointUnavailable
"""


def a_checkpoint(
    checkpoint_id: str, *, needs: str = "", scored: bool = True, points: int = 1, needs_wire: bool = False
) -> CheckpointModel:
    """A checkpoint with a title and a hint in both languages."""
    return CheckpointModel(
        id=checkpoint_id,
        title=f"The {checkpoint_id} one",
        title_zh=f"{checkpoint_id} 这一条",
        points=points,
        scored=scored,
        needs=needs,
        hint=f"Think about {checkpoint_id}.",
        hint_zh=f"想想 {checkpoint_id}。",
        needs_wire=needs_wire,
    )


def a_lab(path: Path, tests: str, *checkpoints: CheckpointModel | str, starter: StarterModel | None = None) -> Lab:
    """A lab of these checkpoints, with this test file; the learner's folder is its `work`."""
    (path / "work").mkdir(parents=True, exist_ok=True)
    (path / "test_checkpoints.py").write_text(HEAD + textwrap.dedent(tests))
    models = tuple(a_checkpoint(c) if isinstance(c, str) else c for c in checkpoints)
    return Lab(
        path=path,
        id="tiny",
        number=0,
        version="7",
        title="Tiny",
        title_zh="小",
        summary="",
        summary_zh="",
        port=7788,
        hosts=(),
        programs=(ProgramModel("server", "server.py", "server", (), "tcp"),),
        checkpoints=models,
        hints=(),
        predictions=(),
        scenes=(),
        starter=starter or StarterModel((), tuple(m.id for m in models)),
    )
