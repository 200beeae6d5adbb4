"""A lab's solution on a fresh stage, and other people's programs on its hosts."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from netlab.checking.layering import copied
from netlab.courseware.course import load_course
from netlab.courseware.loading import load_lab
from netlab.network.entering import Capability
from netlab.network.hosts import Host
from netlab.stage.stage import Running, Stage

PATIENCE = 10.0
COURSE = load_course()

Opening = Callable[..., AbstractAsyncContextManager[Stage]]


class RealPeer:
    """A program of somebody else's on a host of the stage, between two pipes."""

    def __init__(self, stage: Stage, host: Host, *argv: str) -> None:
        if shutil.which(argv[0]) is None:
            pytest.skip(f"{argv[0]} is not installed")
        self._stage = stage
        with host.inside():
            self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    async def says(self, data: bytes) -> None:
        """Give it this to send."""
        assert self._process.stdin is not None
        await asyncio.to_thread(self._process.stdin.write, data)

    async def hears(self, size: int) -> bytes:
        """So many bytes that came to it; fewer where it ends before."""
        assert self._process.stdout is not None
        heard, fd = b"", self._process.stdout.fileno()
        async with asyncio.timeout(PATIENCE):
            while len(heard) < size and (piece := await asyncio.to_thread(os.read, fd, size - len(heard))):
                heard += piece
        return heard

    async def says_all(self, data: bytes) -> bytes:
        """Give it this and no more; all that came to it until it ended."""
        out, _ = await asyncio.to_thread(self._process.communicate, data, PATIENCE)
        return out

    def end(self) -> None:
        """It is gone after this."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def on_stage() -> Opening:
    """Opens a stage with a copy of a lab's solution."""

    @asynccontextmanager
    async def open_stage(lab_id: str) -> AsyncIterator[Stage]:
        lab = load_lab(COURSE.find_head(lab_id).path)
        with copied(lab.path, "solution") as folder:
            async with Stage.open(lab, folder, capability=Capability(private=True)) as stage:
                yield stage

    return open_stage


async def served(stage: Stage, name: str, *extra: str, port: int | None = None) -> Running:
    """A server of the lab, ready."""
    running = await stage.start(name, *extra, port=port)
    assert (await stage.ready(running)).ready
    return running


async def shows(stage: Stage, running: Running, text: str) -> None:
    """A line of its terminal contains the text, soon."""
    program = running.program
    assert await stage.until(lambda: program.transcript.shows(text), PATIENCE), program.transcript.text()


async def ends(stage: Stage, running: Running, code: int) -> None:
    """It ends by itself, with that exit code."""
    program = running.program
    assert await stage.until(lambda: program.ended is not None, PATIENCE), stage.doing(running)
    assert program.ended == code, program.transcript.text()


async def listens(stage: Stage, host: str, port: int) -> None:
    """The kernel shows a socket listening, or bound, at that port."""

    def there() -> bool:
        return any(row.local[1] == port and row.state in ("LISTEN", "BOUND") for row in stage.hosts[host].sockets())

    assert await stage.until(there, PATIENCE, look_every=0.02)


def folder_of(stage: Stage) -> Path:
    """What the file server gives from, in lab 5."""
    return stage.folder / "shared"
