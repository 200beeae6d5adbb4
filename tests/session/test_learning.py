"""Predictions, hints, the solution, starting over, and the records of checkpoints, without a screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from netlab.checking.verdicts import CheckpointResult, LabReport, PredictionResult, PredictionVerdict, Verdict, Versions
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab
from netlab.errors import UsageError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session import checks
from netlab.session.desk import Desk
from netlab.session.session import LabSession
from tests.session.test_session import Told

LOOPBACK = Capability(False, "These tests ask for the loopback.")


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[LabSession]:
    progress = Progress.in_memory()
    desk = Desk(load_course(), progress, tmp_path / "data", tmp_path / "work", capability=LOOPBACK)
    opened = desk.session("reuse-address")
    opened.open()
    yield opened
    await opened.close()
    progress.close()


def test_an_answer_is_written_into_the_learners_folder_and_asked_no_more(session: LabSession) -> None:
    side, seconds, survives = session.predictions.to_ask()
    session.predictions.answer(side, "server")
    session.predictions.answer(seconds, "60")
    assert session.predictions.given == {"time-wait-side": "server", "time-wait-seconds": 60}
    assert session.predictions.to_ask() == [survives]
    assert (session.path / "answers.toml").read_text().startswith("# What do you expect?")


def test_a_question_that_was_passed_over_is_not_asked_again(session: LabSession) -> None:
    session.predictions.pass_over("time-wait-side")
    assert [one.id for one in session.predictions.to_ask()] == ["time-wait-seconds", "time-wait-survives-exit"]


def test_what_answers_nothing_is_not_written(session: LabSession) -> None:
    before = (session.path / "answers.toml").read_text()
    with pytest.raises(UsageError, match="ages"):
        session.predictions.answer(session.predictions.to_ask()[1], "ages")
    assert (session.path / "answers.toml").read_text() == before


def test_an_answer_counts_as_written_by_somebody_else(session: LabSession) -> None:
    session.files.read("answers.toml")
    session.predictions.answer(session.predictions.to_ask()[0], "client")
    assert session.files.changed("answers.toml")


def test_hints_stop_at_the_last_one(session: LabSession) -> None:
    total = len(session.lab.hints)
    numbers = [found[0] for found in (session.next_hint() for _ in range(total + 2)) if found]
    assert numbers == [*range(1, total + 1), total, total]
    assert session.hints_open() == total


def test_seeing_the_solution_is_remembered_and_is_not_passing(session: LabSession) -> None:
    assert not session.solution_shown()
    assert "server.py" in session.solution()
    assert session.solution_shown()
    assert session.checks.passed() == 0


async def test_starting_over_keeps_a_copy(session: LabSession) -> None:
    session.files.read("server.py")
    session.save("server.py", "mine = 1\n")
    (session.path / "notes.txt").write_text("a thought")
    kept = await session.start_over()
    assert (kept / "server.py").read_text() == "mine = 1\n"
    assert (kept / "notes.txt").read_text() == "a thought"
    assert session.files.read("server.py") == (session.lab.starter_folder / "server.py").read_text()
    assert not (session.path / "notes.txt").exists()


async def test_a_check_leaves_records_and_what_the_predictions_came_to(
    session: LabSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def checked(lab: Lab, folder: Path, *, on_result: Any, records_to: Path, **others: Any) -> LabReport:
        results = [CheckpointResult(one.id, one.title, "", Verdict.FAILED) for one in lab.checkpoints]
        for result in results:
            on_result(result)
        (records_to / "answers.netlab").touch()
        (records_to / "prediction-time-wait-side.netlab").touch()
        right = PredictionResult("time-wait-side", PredictionVerdict.RIGHT, "server", "server")
        return LabReport(lab.id, "loopback", Versions("", "", "", ""), tuple(results), predictions=(right,))

    monkeypatch.setattr(checks, "check", checked)
    told = Told(session)
    assert session.checks.record_of("answers") is None
    session.check()
    await told.until(lambda: session.checks.predictions)
    assert session.checks.record_of("answers") is not None
    assert session.checks.record_of("next-client") is None
    assert session.checks.measurement_of("time-wait-side") is not None
    assert session.checks.predictions["time-wait-side"].verdict is PredictionVerdict.RIGHT
