"""Hands on the wire of a real run: what is done is seen on the wire, and can be kept as a script that does it again."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from netlab.errors import UnavailableError, UsageError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.record.events import Fate, FrameSeen
from netlab.session import facts
from netlab.session.desk import Desk
from netlab.session.hands import Standing, Until
from netlab.session.session import LabSession
from netlab.stage.byhand import script
from tests.session.test_session import LOOPBACK, Told

Open = Callable[[Capability], LabSession]


@pytest.fixture
async def open_session(tmp_path: Path) -> AsyncIterator[Open]:
    """A session on the solved chat server."""
    progress = Progress.in_memory()
    opened: list[LabSession] = []

    def open_one(capability: Capability) -> LabSession:
        course = load_course()
        shutil.copytree(course.find("chat-server").solution_folder, tmp_path / "work")
        session = Desk(course, progress, tmp_path / "data", tmp_path / "work", capability).session("chat-server")
        session.open()
        opened.append(session)
        return session

    yield open_one
    for session in opened:
        await session.close()
    progress.close()


@pytest.fixture
async def session(open_session: Open) -> LabSession:
    """The same, on a private network, with both programs up and connected."""
    session = open_session(Capability(True))
    await started(session)
    return session


async def started(session: LabSession) -> None:
    told = Told(session)
    await session.run.play(session.scene)
    await told.fact(facts.SceneFinished(""))
    await until(session, lambda: len(frames(session)) >= 3)


async def until(session: LabSession, condition: Callable[[], object]) -> None:
    """Waits, looking at the record, until the condition holds."""
    stage = session.run.stage
    assert stage is not None

    def holds() -> bool:
        session.run.refresh()
        return bool(condition())

    assert await stage.until(holds, 20, look_every=0.02)


async def stands(session: LabSession, condition: Callable[[Standing], bool]) -> None:
    """Waits until the snapshot says so; it is renewed as the workbench does it."""

    def holds() -> bool:
        session.hands.pull()
        return condition(session.hands.standing)

    await until(session, holds)


def frames(session: LabSession) -> list[FrameSeen]:
    assert session.run.record is not None
    return list(session.run.record.frames)


async def queued(session: LabSession, count: int = 1) -> tuple[int, ...]:
    stage = session.run.stage
    assert stage is not None
    assert stage.network.wire is not None
    return await stage.network.wire.until_queued(count)


async def test_without_a_run_there_is_no_wire_and_on_the_loopback_it_is_said_why(open_session: Open) -> None:
    session = open_session(LOOPBACK)
    with pytest.raises(UsageError, match="Nothing is running"):
        await session.hands.freeze()
    told = Told(session)
    await session.run.play(session.scene)
    await told.fact(facts.SceneFinished(""))
    with pytest.raises(UnavailableError, match=r"no wire on the loopback\. These tests ask for the loopback"):
        await session.hands.freeze()
    assert session.hands.standing == Standing()


@pytest.mark.network
async def test_a_frozen_wire_lets_frames_through_one_by_one(session: LabSession) -> None:
    hands = session.hands
    await hands.freeze()
    session.type("client", b"hello\r")
    (number,) = await queued(session)
    await stands(session, lambda now: now.frozen and now.queued == (number,))
    assert await hands.step() == number
    server = session.run.program("server")
    assert server is not None
    await until(session, lambda: server.program.transcript.shows("hello"))
    await hands.thaw()
    await stands(session, lambda now: not now.frozen and not now.queued)


@pytest.mark.network
async def test_a_frame_is_held_released_and_delayed(session: LabSession) -> None:
    hands = session.hands
    await hands.freeze()
    session.type("client", b"hello\r")
    (number,) = await queued(session)
    await hands.hold(number)
    assert hands.standing.held == (number,)
    assert await hands.release() == (number,)
    (answer,) = await queued(session)  # the server's acknowledgement
    await hands.delay(answer, 0.01)
    await until(session, lambda: frames(session)[answer - 1].fate is Fate.DELAYED)
    with pytest.raises(UsageError, match="not queued"):
        await hands.drop(answer)


@pytest.mark.network
async def test_it_runs_until_the_next_fin_and_says_so_meanwhile(session: LabSession) -> None:
    hands = session.hands
    await hands.run_until(Until.FIN)
    assert hands.standing.until is Until.FIN
    session.type("client", b"88\r")
    await until(session, lambda: hands.standing.until is None)
    assert hands.standing.frozen
    (waiting, *_) = hands.standing.queued
    await until(session, lambda: len(frames(session)) >= waiting)
    assert frames(session)[waiting - 1].data[47] & 0x01


@pytest.mark.network
async def test_a_rebooted_host_has_lost_its_programs_and_gets_them_again(session: LabSession) -> None:
    server = session.run.program("server")
    assert server is not None
    await session.hands.reboot("server")
    assert server.program.ended is not None
    assert await session.run.restart("server")
    again = session.run.program("server")
    assert again is not None
    assert session.run.stage is not None
    assert (await session.run.stage.ready(again)).ready


@pytest.mark.network
async def test_cut_and_slow_are_told_until_they_are_undone(session: LabSession) -> None:
    hands = session.hands
    await hands.cut("client")
    await stands(session, lambda now: now.cut == ("client",))
    await hands.join("client")
    await stands(session, lambda now: not now.cut)
    assert [await hands.pace() for _ in range(3)] == [0.5, 2.0, 0.0]


@pytest.mark.network
async def test_what_was_done_by_hand_is_done_again_by_the_script_that_was_kept(session: LabSession) -> None:
    hands = session.hands
    await hands.freeze()
    session.type("client", b"hello\r")
    (number,) = await queued(session)
    await hands.drop(number)
    await hands.thaw()
    server = session.run.program("server")
    assert server is not None
    await until(session, lambda: server.program.transcript.shows("hello"))
    assert session.run.record is not None
    (session.path / "wire.toml").write_text(script(session.run.record))
    await started(session)
    session.type("client", b"hello\r")
    await until(session, lambda: any(seen.fate is Fate.DROPPED for seen in frames(session)))
    (lost,) = [seen for seen in frames(session) if seen.fate is Fate.DROPPED]
    assert lost.data.endswith(b"hello")
    assert lost.rule == "data 1 from client, by hand"


@pytest.mark.network
async def test_a_line_client_stands_beside_the_programs_and_is_restarted_like_them(session: LabSession) -> None:
    assert await session.run.add_client() == "line"
    assert await session.run.add_client() == "line-2"
    line = session.run.program("line")
    assert line is not None
    assert line.host.name == "client"
    await until(session, lambda: line.program.transcript.shows("Type lines"))
    session.type("line", b":quit\r")
    await line.program.wait()
    assert await session.run.restart("line")
    await session.run.stop()
    (kept,) = session.runs.runs()
    assert (kept.scene, kept.frames > 6) == ("", True)
