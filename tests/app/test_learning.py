"""Learning at the lab screen: failed checkpoints, predictions, hints, the solution, ticks, the end of a lab."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from netlab.app.app import NetlabApp
from netlab.app.reasons import chopped, reasons
from netlab.app.screens.dialogs import Ask
from netlab.app.screens.hints import HintScreen
from netlab.app.screens.lab import LabScreen
from netlab.app.screens.predict import PredictScreen
from netlab.app.screens.solution import SolutionScreen
from netlab.app.sidebyside import Beside, beside
from netlab.app.widgets.editor import Editor
from netlab.app.widgets.ladder import LadderView
from netlab.checking.difference import compared
from netlab.checking.verdicts import CheckpointResult, LabReport, PredictionResult, PredictionVerdict, Verdict, Versions
from netlab.courseware.model import Lab
from netlab.session import checks
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen, shown, until
from tests.app.remake_record import RECORD

SIZE = (120, 40)


@pytest.fixture
def reusing(desk: Desk) -> NetlabApp:
    """The workbench, opened at a lab that asks for predictions."""
    return NetlabApp(desk, "reuse-address")


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    scripted = Judge()
    monkeypatch.setattr(checks, "check", scripted)
    return scripted


class Judge:
    """In place of the real check: every checkpoint gets the verdict that the test says."""

    verdict = Verdict.PASSED
    predictions: tuple[PredictionResult, ...] = ()
    measured: tuple[str, ...] = ()
    """Predictions whose run was recorded."""

    async def __call__(
        self,
        lab: Lab,
        folder: Path,
        *,
        on_result: Callable[[CheckpointResult], None],
        records_to: Path,
        **others: Any,
    ) -> LabReport:
        results = tuple(self._result(model, records_to) for model in lab.checkpoints)
        for result in results:
            on_result(result)
        for prediction in self.measured:
            shutil.copy(RECORD, records_to / f"prediction-{prediction}.netlab")
        versions = Versions("", "", "", "")
        return LabReport(lab.id, "loopback", versions, results, seconds=1.5, predictions=self.predictions)

    def _result(self, model: Any, records_to: Path) -> CheckpointResult:
        if self.verdict is Verdict.PASSED:
            return CheckpointResult(model.id, model.title, model.title_zh, Verdict.PASSED, scored=model.scored)
        shutil.copy(RECORD, records_to / f"{model.id}.netlab")
        both = compared(b"Thank you!", b"Thank your")
        where, evidence = "server.py:3 send()", ("frame 4",)
        return CheckpointResult(
            model.id, model.title, "", self.verdict, both.expected, both.got, where, evidence, "Read it again."
        )


async def checked(pilot: Pilot[int]) -> LabScreen:
    """The lab screen after a check."""
    screen = await lab_screen(pilot)
    screen.session.check()
    await until(pilot, lambda: "1.5 s" in screen.checks.state)
    return screen


# Failed checkpoints.


def test_the_first_difference_stays_under_its_mark_at_every_width() -> None:
    both = compared("x" * 50 + "one", "x" * 50 + "two")
    result = CheckpointResult("id", "", "", Verdict.FAILED, both.expected, both.got)
    for width in (30, 46, 80):
        lines = [line.plain for line in reasons(result, width)]
        mark = next(n for n, line in enumerate(lines) if line.strip().startswith("^"))
        assert lines[mark - 1][lines[mark].index("^")] == "t"
        assert "the first difference, after 50 bytes" in " ".join(line.strip() for line in lines[mark:])


def test_a_value_is_broken_anywhere_and_never_inside_a_wide_character() -> None:
    assert chopped("a b c d", 3) == ["a b", " c ", "d"]
    assert chopped("你好吗", 5) == ["你好", "吗"]
    assert chopped("", 5) == [""]


async def test_a_failed_checkpoint_shows_what_it_saw_on_the_wire(workbench: NetlabApp, judge: Judge) -> None:
    judge.verdict = Verdict.FAILED
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await checked(pilot)
        screen.panes.go_to("checks")
        await pilot.pause()
        await until(pilot, lambda: "the first difference, after 9" in shown(workbench))
        assert "Show frames" in shown(workbench).splitlines()[-1]
        await pilot.press("f")
        await until(pilot, lambda: screen.wire.chosen is not None and screen.wire.chosen.frame == 4)
        assert screen.panes.focused is screen.wire
        await pilot.press("f7")
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(workbench.focused, Editor))
        editor = workbench.focused
        assert isinstance(editor, Editor)
        assert editor.cursor_location[0] == 2


async def test_what_a_checkpoint_saw_does_not_end_running_programs_unasked(
    workbench: NetlabApp, judge: Judge, folder: Path
) -> None:
    judge.verdict = Verdict.FAILED
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await checked(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "server" in screen.session.run.running)
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press("f")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        await pilot.press("escape")
        await until(pilot, lambda: workbench.screen is screen)
        assert "server" in screen.session.run.running


# Predictions.


async def test_predictions_are_asked_before_the_first_run_and_written_down(reusing: NetlabApp, work: Path) -> None:
    async with reusing.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Predict before you run: 1 of 3" in shown(reusing))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(reusing.focused, Input))
        await pilot.press(*"60", "enter")
        await until(pilot, lambda: "2 of 3" not in shown(reusing) and "3 of 3" in shown(reusing))
        await pilot.press("escape")
        await until(pilot, lambda: screen.session.run.running)
        written = (work / "netlab-work" / "04-reuse-address" / "answers.toml").read_text()
        assert 'time-wait-side = "server"' in written
        assert "time-wait-seconds = 60" in written
        await pilot.press("f8", "f5")
        await until(pilot, lambda: screen.session.run.running)
        assert reusing.screen is screen


async def test_a_number_that_is_none_is_not_taken(reusing: NetlabApp) -> None:
    async with reusing.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        screen.post_message(screen.checks.PredictionChosen(screen.session.lab.predictions[1]))
        await until(pilot, lambda: isinstance(reusing.focused, Input))
        await pilot.press("enter")
        assert isinstance(reusing.screen, PredictScreen)
        await pilot.press(*"9", "enter")
        await until(pilot, lambda: screen.session.predictions.given == {"time-wait-seconds": 9})


async def test_the_run_answers_what_was_predicted(reusing: NetlabApp, judge: Judge) -> None:
    async with reusing.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        for prediction, text in zip(screen.session.lab.predictions, ("client", "60"), strict=False):
            screen.session.predictions.answer(prediction, text)
        judge.predictions = (
            PredictionResult("time-wait-side", PredictionVerdict.WRONG, "client", "server"),
            PredictionResult("time-wait-seconds", PredictionVerdict.RIGHT, 60, 60),
            PredictionResult("time-wait-survives-exit", PredictionVerdict.UNANSWERED),
        )
        await checked(pilot)
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press("f10", *["down"] * len(screen.session.lab.checkpoints))
        await until(pilot, lambda: "measured" in shown(reusing))
        text = shown(reusing)
        for part in ("\u2717 time-wait-side", "\u2713 time-wait-seconds", "? time-wait-survives-exit", "no answer"):
            assert part in text


async def test_an_answer_opens_on_the_frames_that_prove_it(reusing: NetlabApp, judge: Judge) -> None:
    async with reusing.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        screen.session.predictions.answer(screen.session.lab.predictions[0], "client")
        proof = ("frame 5", "frame 7")
        judge.predictions = (
            PredictionResult("time-wait-side", PredictionVerdict.WRONG, "client", "server", evidence=proof),
        )
        judge.measured = ("time-wait-side",)
        await checked(pilot)
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press("f10", *["down"] * len(screen.session.lab.checkpoints))
        await until(pilot, lambda: "frame 5, frame 7" in shown(reusing))
        assert screen.checks.evidence is not None
        await pilot.press("f")
        await until(pilot, lambda: screen.wire.chosen is not None and screen.wire.chosen.frame == 5)
        assert screen.panes.focused is screen.wire
        await until(pilot, lambda: {5, 7} <= linked_frames(screen))
        await pilot.press("down")
        await until(pilot, lambda: screen.wire.chosen is not None and screen.wire.chosen.frame != 5)
        assert {5, 7} <= linked_frames(screen)


def linked_frames(screen: LabScreen) -> frozenset[int]:
    """The frames whose rows are marked."""
    return screen.query_one(LadderView)._linked[0]


# Hints and the solution.


async def test_hints_can_be_turned_back_to(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(workbench.screen, HintScreen))
        assert "Start with the server's inner loop" in shown(workbench)
        await pilot.press("f3", "n", "n", "n")
        await until(pilot, lambda: "Hint 4 of 4" in shown(workbench))
        assert workbench.screen.query_one("#next", Button).disabled
        await pilot.press("up")
        await until(pilot, lambda: "Hint 3 of 4" in shown(workbench))


async def test_the_solution_asks_first_and_is_recorded(workbench: NetlabApp, desk: Desk) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        await pilot.press("escape")
        assert desk.progress.revealed("chat-server", "solution") == ()
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        workbench.screen.query_one("#show", Button).press()
        await until(pilot, lambda: isinstance(workbench.screen, SolutionScreen))
        await until(pilot, lambda: "while True" in shown(workbench) and "GAP 1" in shown(workbench))
        assert desk.progress.revealed("chat-server", "solution") == ("",)
        assert desk.progress.passed("chat-server") == frozenset()
        await pilot.press("n")
        await until(pilot, lambda: "[client.py]" in shown(workbench))


async def test_after_a_pass_the_solution_is_there_at_once(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(workbench.screen, SolutionScreen))
        await until(pilot, lambda: "Mine / solution" in shown(workbench))
        assert "Three gaps" not in shown(workbench)
        await pilot.press("tab")
        await until(pilot, lambda: "Three gaps" in shown(workbench))


def test_lines_stand_beside_one_another() -> None:
    assert beside(["a", "b ", "c"], ["a", "b", "x", "c"]) == [
        Beside(0, 0, True),
        Beside(1, 1, True),
        Beside(None, 2, False),
        Beside(2, 3, True),
    ]
    assert beside([], ["a"]) == [Beside(None, 0, False)]


# The guide and the end of a lab.


async def test_a_step_is_ticked_by_hand_or_by_its_checkpoints_and_nothing_turns_by_itself(
    workbench: NetlabApp, desk: Desk
) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to("guide")
        await pilot.pause()
        await pilot.press("space")
        await until(pilot, lambda: "[\u2713] Chat server" in shown(workbench))
        await pilot.press("right", "right")
        await until(pilot, lambda: "[ ] What accept gives you" in shown(workbench))
        assert screen.guide.query_one("#step-checkpoints").render_line(1).text.strip() == ". ends-on-88"
        await checked(pilot)
        await until(pilot, lambda: "[\u2713] What accept gives you" in shown(workbench))
        assert "step 3 of 7" in shown(workbench).splitlines()[0]
    again = NetlabApp(desk, "chat-server")
    async with again.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await until(pilot, lambda: "step 3 of 7" in shown(again).splitlines()[0])


async def test_a_finished_lab_says_what_was_learnt_and_leads_on(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        await pilot.press("f12")
        await until(pilot, lambda: any("0 of 15 checkpoints" in one.message for one in workbench._notifications))
        await checked(pilot)
        assert workbench.screen is screen
        await pilot.press("f12")
        await until(pilot, lambda: "Lab 2 is finished" in shown(workbench))
        assert "Next: 3" in shown(workbench)
        workbench.screen.query_one("#next", Button).press()
        await until(pilot, lambda: isinstance(workbench.screen, LabScreen) and workbench.screen is not screen)
        assert workbench.screen.session.lab.id == "multi-client"


async def test_what_is_only_shown_counts_neither_above_nor_in_the_list(reusing: NetlabApp) -> None:
    async with reusing.run_test(size=(160, 45)) as pilot:
        screen = await checked(pilot)
        assert len(screen.session.checks.results) == 8
        assert screen.checks.state == "7 of 7 passed, 1.5 s"
        await until(pilot, lambda: "7 of 7 passed" in shown(reusing).splitlines()[0])
