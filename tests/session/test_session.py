"""A learner at work on the chat server, without a screen. Programs run on the loopback: that works for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, Versions
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab, SceneStep, StepKind
from netlab.errors import UsageError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session import checks, facts
from netlab.session.desk import Desk
from netlab.session.scene import scene_by_hand, usual_scene
from netlab.session.session import LabSession

LOOPBACK = Capability(False, "These tests ask for the loopback.")


class Told:
    """The facts that a session told, and a way to wait for one."""

    def __init__(self, session: LabSession) -> None:
        self.facts: list[facts.Fact] = []
        self._more = asyncio.Event()
        session.subscribe(self._heard)

    def _heard(self, fact: facts.Fact) -> None:
        self.facts.append(fact)
        self._more.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for facts until the condition holds."""
        async with asyncio.timeout(30):
            while not condition():
                self._more.clear()
                await self._more.wait()

    async def fact(self, wanted: facts.Fact) -> None:
        """Waits until that very fact was told."""
        await self.until(lambda: wanted in self.facts)


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[LabSession]:
    progress = Progress.in_memory()
    desk = Desk(load_course(), progress, tmp_path / "data", tmp_path / "work", capability=LOOPBACK)
    opened = desk.session("chat-server")
    opened.open()
    yield opened
    await opened.close()
    progress.close()


@pytest.fixture
def told(session: LabSession) -> Told:
    return Told(session)


async def test_opening_lays_out_the_starter_once_and_remembers_the_folder(session: LabSession, tmp_path: Path) -> None:
    assert session.file_names()[:2] == ["server.py", "client.py"]
    (session.path / "server.py").write_text("mine\n")
    session.open()
    assert (session.path / "server.py").read_text() == "mine\n"
    assert session._progress.folder("chat-server") == tmp_path / "work"


async def test_by_hand_starts_servers_first_and_types_nothing(session: LabSession) -> None:
    assert usual_scene(session.lab).steps == (
        SceneStep(StepKind.START, "server"),
        SceneStep(StepKind.START, "client"),
    )


def test_by_hand_a_program_gets_the_arguments_that_its_lab_gives_it() -> None:
    lab = load_course().find("file-download")
    server = scene_by_hand(lab).steps[0]
    assert server.program == "server"
    assert server.arguments


async def test_a_run_from_start_to_stop(session: LabSession, told: Told) -> None:
    (session.path / "client.py").write_text("print('got', input())\nraise SystemExit(7)\n")
    await session.run.play(session.scene)
    await told.fact(facts.SceneFinished(""))
    session.type("client", "你好\r".encode())
    await told.fact(facts.ProgramExited("client", 7))
    client = session.run.program("client")
    assert client is not None
    assert "got 你好" in client.program.transcript.text()
    assert session.run.running == ["server"]
    await session.run.stop()
    assert session.run.running == []
    assert session.run.record is not None
    assert [type(fact) for fact in told.facts if not isinstance(fact, facts.FilesWritten)][:2] == [
        facts.SceneStarted,
        facts.ProgramStarted,
    ]
    assert told.facts[-1] == facts.RunStopped()


async def test_ctrl_c_reaches_the_program(session: LabSession, told: Told) -> None:
    (session.path / "server.py").write_text("import signal\nprint('up', flush=True)\nsignal.pause()\n")
    playing = asyncio.create_task(session.run.play(session.scene))
    await told.fact(facts.ProgramStarted("server"))
    running = session.run.program("server")
    assert running is not None
    await running.program.until(lambda program: program.transcript.shows("up"))
    session.type("server", b"\x03")
    await told.until(lambda: any(isinstance(f, facts.ProgramExited) and f.program == "server" for f in told.facts))
    await playing


async def test_a_scene_that_gets_stuck_says_why_and_leaves_the_programs(session: LabSession, told: Told) -> None:
    (session.path / "server.py").write_text("raise SystemExit(3)\n")
    await session.run.play(session.scene)
    await told.until(lambda: any(isinstance(fact, facts.SceneFinished) for fact in told.facts))
    (finished,) = [fact for fact in told.facts if isinstance(fact, facts.SceneFinished)]
    assert "server.py is not listening" in finished.failure


async def test_one_program_is_restarted_beside_the_other(session: LabSession, told: Told) -> None:
    await session.run.play(session.scene)
    await told.fact(facts.SceneFinished(""))
    first, client = session.run.program("server"), session.run.program("client")
    assert await session.run.restart("server")
    assert session.run.program("server") not in (None, first)
    assert session.run.program("client") is client
    assert not await session.run.restart("nobody")


async def test_a_new_run_ends_the_last_one(session: LabSession, told: Told) -> None:
    await session.run.play(session.scene)
    await told.fact(facts.SceneFinished(""))
    first = session.run.program("server")
    await session.run.play(session.scene)
    assert first is not None
    assert first.program.ended is not None


async def test_every_save_is_checked_and_a_newer_check_takes_the_older_ones_place(
    session: LabSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up: list[int] = []
    started: list[int] = []

    async def check(lab: Lab, folder: Path, *, on_result: Callable[[CheckpointResult], None], **_: Any) -> LabReport:
        started.append(len(started))
        try:
            if len(started) == 1:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.append(0)
            raise
        result = CheckpointResult("listens", "", "", Verdict.PASSED)
        on_result(result)
        return LabReport(lab.id, "loopback", Versions("", "", "", ""), (result,))

    monkeypatch.setattr(checks, "check", check)
    session.check()
    await told.fact(facts.CheckStarted())
    session.save("server.py", "print('another')\n")
    await told.until(lambda: any(isinstance(fact, facts.CheckFinished) for fact in told.facts))
    assert (len(started), given_up) == (2, [0])
    assert session.checks.passed() == 1
    assert session._progress.passed("chat-server") == {"listens"}


async def test_what_was_checked_already_is_not_checked_again(
    session: LabSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check(lab: Lab, folder: Path, **_: Any) -> LabReport:
        return LabReport(lab.id, "loopback", Versions("", "", "", ""), ())

    monkeypatch.setattr(checks, "check", check)
    session.save("server.py", "print('new')\n")
    session.check()
    await told.until(lambda: any(isinstance(fact, facts.FilesWritten) for fact in told.facts))
    assert [type(fact) for fact in told.facts].count(facts.CheckStarted) <= 1


async def test_a_check_that_cannot_be_made_says_so(
    session: LabSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check(lab: Lab, folder: Path, **_: Any) -> LabReport:
        raise UsageError("The folder is gone.", "Lay it out again.")

    monkeypatch.setattr(checks, "check", check)
    session.check()
    await told.fact(facts.CheckBroke("The folder is gone. Lay it out again."))


async def test_hints_open_one_by_one_and_the_last_stays(session: LabSession) -> None:
    numbers = [opened[0] for _ in range(5) if (opened := session.next_hint())]
    assert numbers == [1, 2, 3, 4, 4]
    assert session.hints_open() == 4


async def test_kept_text_is_offered_only_where_it_differs(session: LabSession) -> None:
    session.unsaved.keep("server.py", "half a thought")
    session.unsaved.keep("client.py", (session.path / "client.py").read_text())
    assert session.kept_text() == {"server.py": "half a thought"}
