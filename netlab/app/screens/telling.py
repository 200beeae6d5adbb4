"""What each fact of the session changes on the lab screen. It moves no focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from netlab.app.notices import say, tell_error, warn
from netlab.app.texts import t
from netlab.checking.verdicts import LabReport, Verdict
from netlab.session import facts

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


def show(screen: LabScreen, fact: facts.Fact) -> None:
    """Draws one fact."""
    match fact:
        case facts.SceneStarted():
            screen.wire.show(screen.session.run.record)
            for terminal in screen.terminals:
                terminal.cleared()
            screen.draw_live(True)
        case facts.SceneFinished():
            if fact.failure:
                warn(screen, t("scene-failed", why=fact.failure))
        case facts.RecordOpened():
            record = screen.session.run.record
            screen.wire.show(record)
            for terminal in screen.terminals:
                terminal.replay(record)
        case facts.RunStopped():
            screen.draw_live(False)
        case facts.ProgramStarted() | facts.ProgramExited():
            _show_program(screen, fact.program)
        case facts.CheckStarted():
            screen.checks.began()
        case facts.CheckpointJudged():
            screen.checks.judged(fact.result.id)
        case facts.CheckFinished():
            screen.checks.ended(_summary(fact.report))
            if fact.report.passed:
                say(screen, t("all-passed"))
        case facts.CheckBroke():
            screen.checks.ended("")
            tell_error(screen, fact.message)
        case facts.FilesWritten():
            screen.files_written(fact.names)
        case _:
            assert_never(fact)


def _show_program(screen: LabScreen, program: str) -> None:
    pane = next((pane for pane in screen.terminals if pane.terminal == program), None)
    if pane is None:
        screen.add_terminal(program)
    else:
        pane.attach()


def _summary(report: LabReport) -> str:
    passed = sum(result.verdict is Verdict.PASSED for result in report.checkpoints)
    return t("check-summary", passed=passed, total=len(report.checkpoints), seconds=f"{report.seconds:.1f}")
