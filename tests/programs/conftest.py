"""Learners' programs for the tests of this folder: started as they will be, and always stopped."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from netlab.programs.program import Program
from netlab.programs.spec import Limits, ProgramSpec

DEADLINE = 60.0

Start = Callable[..., Program]


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.network)], ids=["grouped", "isolated"])
def isolated(request: pytest.FixtureRequest) -> bool:
    """Both ways in which a program is held together."""
    return bool(request.param)


@pytest.fixture
async def start(tmp_path: Path, isolated: bool) -> AsyncIterator[Start]:
    """Write a program to a file and start it; whatever the test does, it is stopped, at the deadline at the latest."""
    started: list[Program] = []

    def start_one(code: str, *arguments: str, limits: Limits | None = None, trace: Path | None = None) -> Program:
        file = tmp_path / f"program{len(started)}.py"
        file.write_text(code)
        argv = (file.name, *arguments)
        spec = ProgramSpec("server", argv, tmp_path, Path(sys.executable), isolated=isolated, trace=trace)
        started.append(Program.start(spec, limits=limits))
        return started[-1]

    def give_up() -> None:
        for program in started:
            program.kill()

    deadline = asyncio.get_running_loop().call_later(DEADLINE, give_up)
    yield start_one
    deadline.cancel()
    for program in started:
        await program.stop(grace=0)
