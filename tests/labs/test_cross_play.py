"""Programs in every style that is right get on with one another: clients of each with servers of each."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from netlab.courseware.loading import load_lab
from netlab.courseware.model import Lab
from netlab.network.entering import Capability
from netlab.stage.stage import Running, Stage
from tests.labs.conftest import COURSE, ends, served, shows

pytestmark = pytest.mark.network

SOLUTION = "solution"
Opening = Callable[[Lab], AbstractAsyncContextManager[Stage]]


def course_lab(lab_id: str) -> Lab:
    return load_lab(COURSE.find_head(lab_id).path)


def styles(lab: Lab, program: str) -> list[str]:
    """The solution, and every other right one that has this program written in its own way."""
    return [SOLUTION, *sorted(path.parent.name for path in lab.right_folder.glob(f"*/{lab.program(program).file}"))]


def pairs(lab: Lab, server: str, client: str) -> list[tuple[str, str]]:
    """Server and client by their styles: each meets the solution's other side and one more, going round."""
    servers, clients = styles(lab, server), styles(lab, client)
    met = {(one, SOLUTION) for one in servers} | {(SOLUTION, one) for one in clients}
    met |= {(servers[(n + 1) % len(servers)], one) for n, one in enumerate(clients)}
    return sorted(met)


def in_all_styles(lab: Lab) -> Lab:
    """The lab with a program for each style, as `asyncio-server`, in a folder of that name."""
    programs = tuple(
        replace(program, name=f"{style}-{program.name}", file=f"{style}/{program.file}")
        for program in lab.programs
        for style in styles(lab, program.name)
    )
    return replace(lab, programs=programs)


@pytest.fixture
def meeting(tmp_path: Path) -> Opening:
    """A stage with the programs of all styles."""

    @asynccontextmanager
    async def open_stage(lab: Lab) -> AsyncIterator[Stage]:
        folder = tmp_path / "programs"
        shutil.copytree(lab.solution_folder, folder / SOLUTION)
        shutil.copytree(lab.right_folder, folder, dirs_exist_ok=True)
        async with Stage.open(in_all_styles(lab), folder, capability=Capability(private=True)) as stage:
            yield stage

    return open_stage


class Servers:
    """One of each style, started when somebody asks for it."""

    def __init__(self, stage: Stage, name: str, *extra: str) -> None:
        self._stage, self._name, self._extra = stage, name, extra
        self._running: dict[str, Running] = {}

    async def one(self, style: str) -> Running:
        if style not in self._running:
            port = self._stage.another_port()
            self._running[style] = await served(self._stage, f"{style}-{self._name}", *self._extra, port=port)
        return self._running[style]


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
async def test_calls_and_letters(meeting: Opening, protocol: str) -> None:
    lab = course_lab("tcp-vs-udp")
    async with meeting(lab) as stage:
        servers = Servers(stage, f"{protocol}-server")
        for server, client in pairs(lab, f"{protocol}-server", f"{protocol}-client"):
            port = (await servers.one(server)).address[1]
            message = f"{client} 问 {server}"
            caller = await stage.start(f"{client}-{protocol}-client", message, port=port)
            await ends(stage, caller, 0)
            assert caller.program.transcript.shows(message)


async def test_chats(meeting: Opening) -> None:
    lab = course_lab("chat-server")
    async with meeting(lab) as stage:
        servers = Servers(stage, "server")
        for style, other in pairs(lab, "server", "client"):
            server = await servers.one(style)
            client = await stage.start(f"{other}-client", port=server.address[1])
            client.program.type(f"{other} 问 {style}\n".encode())
            await shows(stage, server, f"{other} 问 {style}")
            server.program.type(f"{style} 答 {other}\n".encode())
            await shows(stage, client, f"{style} 答 {other}")
            client.program.type(b"88\n")
            await ends(stage, client, 0)


async def test_downloads(meeting: Opening, tmp_path: Path) -> None:
    lab = course_lab("file-download")
    shelf = lab.solution_folder / "shared"
    async with meeting(lab) as stage:
        servers = Servers(stage, "server", str(shelf))
        for style, other in pairs(lab, "server", "client"):
            port, saved = (await servers.one(style)).address[1], tmp_path / f"{style}-{other}"
            await ends(stage, await stage.start(f"{other}-client", "picture.png", str(saved), port=port), 0)
            assert saved.read_bytes() == (shelf / "picture.png").read_bytes()
            await ends(stage, await stage.start(f"{other}-client", "nothing", str(saved), port=port), 1)
