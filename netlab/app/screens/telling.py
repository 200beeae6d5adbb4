"""What each fact of the session changes on the lab screen. It moves no focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from netlab.app.keys import find, spelled
from netlab.app.notices import say, tell_error, warn
from netlab.app.screens import handling, saving
from netlab.app.texts import language, t
from netlab.app.widgets.headline import Headline
from netlab.app.widgets.terminal_pane import TerminalPane
from netlab.checking.verdicts import LabReport, Verdict
from netlab.network.entering import Capability
from netlab.record.past import programs
from netlab.session import facts

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


def show(screen: LabScreen, fact: facts.Fact) -> None:
    """Draws one fact."""
    match fact:
        case facts.SceneStarted():
            _forget_the_last(screen)
            screen.wire.show(screen.session.run.record)
            for terminal in screen.terminals:
                terminal.cleared()
                terminal.set_class(terminal.terminal not in _own_terminals(screen), "-gone")
            screen.draw_live(True)
            handling.tell_script(screen)
        case facts.SceneFinished():
            if fact.failure:
                warn(screen, t("scene-failed", why=fact.failure))
        case facts.RecordOpened():
            _forget_the_last(screen)
            screen.wire.show(screen.session.run.record)
            _show_recorded(screen)
            screen.draw_live(False)
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
                say(screen, t("finished-notice", press=spelled(find("finish").key)))
        case facts.CheckBroke():
            screen.checks.ended("")
            tell_error(screen, fact.message)
        case facts.FilesWritten():
            saving.files_written(screen, fact.names)
        case _:
            assert_never(fact)


def _forget_the_last(screen: LabScreen) -> None:
    """Another run comes onto the screen."""
    screen.scrubbing.forget()
    screen.linking.prove(())


def tell_place(screen: LabScreen, capability: Capability, step: int, steps: int) -> None:
    """Writes the line at the top: which lab, how far, on which network."""
    lab, headline = screen.session.lab, screen.query_one(Headline)
    total = sum(checkpoint.scored for checkpoint in lab.checkpoints)
    headline.place = f"{lab.number}  {lab.text('title', language())}"
    parts = [t("step-of", step=step, steps=steps)] if steps else []
    headline.progress = "\n".join([*parts, t("passed-of", passed=screen.session.checks.passed(), total=total)])
    screen.guide.complete = screen.session.checks.complete()
    screen.guide.mark()
    headline.network = screen.scrubbing.words or t("private" if capability.private else "loopback")
    headline.notice = not capability.private or bool(screen.scrubbing.words)


def _show_program(screen: LabScreen, program: str) -> None:
    if screen.scrubbing.moment is not None:
        return  # the terminals show the past; they take their programs up again on the way back
    pane = next((pane for pane in screen.terminals if pane.terminal == program), None)
    running = screen.session.run.program(program)
    if pane is not None:
        pane.remove_class("-gone")
        pane.attach()
    elif running is not None:
        _add_terminal(screen, program, running.host.name, running.model.file)


def _show_recorded(screen: LabScreen) -> None:
    """A terminal for every program of the record."""
    record = screen.session.run.record
    started = programs(record) if record is not None else {}
    names = {pane.terminal for pane in screen.terminals}
    for name, event in started.items():
        if name not in names and event.host in {host.name for host in screen.session.lab.hosts}:
            _add_terminal(screen, name, event.host, event.argv[0] if event.argv else "")
    for pane in screen.terminals:
        pane.set_class(pane.terminal not in {*started, *_own_terminals(screen)}, "-gone")
        pane.replay(record)


def _add_terminal(screen: LabScreen, program: str, host: str, file: str) -> None:
    """A terminal more: a second client was started."""
    pane = TerminalPane(screen.session, program, screen.session.lab.host(host), file)
    screen.query_one("#programs").mount(pane)
    screen.call_after_refresh(pane.fill)


def _own_terminals(screen: LabScreen) -> set[str]:
    """Those that are there whatever runs."""
    return {program.name for program in screen.session.lab.programs}


def _summary(report: LabReport) -> str:
    """Of the scored ones, as the headline counts."""
    scored = [result.verdict is Verdict.PASSED for result in report.checkpoints if result.scored]
    return t("check-summary", passed=sum(scored), total=len(scored), seconds=f"{report.seconds:.1f}")
