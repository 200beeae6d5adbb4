"""A tiny lab, made in a test's own folder: its checkpoints need no network, and what they do is written in the test."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netlab.courseware.model import CheckpointModel, HostModel, Lab, ProgramModel, StarterModel
from netlab.network.entering import Capability

HEAD = """
import asyncio
import os
import socket
from pathlib import Path
import pytest
from netlab.checking.marks import checkpoint, claim, prediction
from netlab.checking.verdicts import CheckpointFailed, CheckpointUnavailable
from netlab.errors import UsageError
"""


@pytest.fixture
def loopback() -> Capability:
    return Capability(False, "This machine has no namespaces.", "Take another.")


@pytest.fixture
def lab_of(tmp_path: Path) -> Callable[..., Lab]:
    """A lab with this test file and a checkpoint for each keyword; the learner's folder is its `solution`."""

    def make(tests: str = "", **checkpoints: dict[str, Any]) -> Lab:
        (tmp_path / "solution").mkdir(exist_ok=True)
        (tmp_path / "test_checkpoints.py").write_text(HEAD + textwrap.dedent(tests))
        return Lab(
            path=tmp_path,
            id="tiny",
            number=0,
            version="7",
            title="Tiny",
            title_zh="小",
            summary="",
            summary_zh="",
            port=7788,
            hosts=(HostModel("server", "10.0.0.2"),),
            programs=(ProgramModel("server", "server.py", "server", (), "tcp"),),
            checkpoints=tuple(_checkpoint(name, **options) for name, options in checkpoints.items()),
            hints=(),
            predictions=(),
            scenes=(),
            starter=StarterModel((), tuple(checkpoints)),
        )

    return make


def _checkpoint(name: str, **options: Any) -> CheckpointModel:
    values = {
        "title": f"The {name} one",
        "title_zh": f"{name} 这一条",
        "points": 1,
        "scored": True,
        "needs": "",
        "hint": f"Think about {name}.",
        "hint_zh": f"想想 {name}。",
        "needs_wire": False,
    }
    return CheckpointModel(id=name, **{**values, **options})
