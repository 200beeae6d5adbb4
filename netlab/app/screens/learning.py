"""What a learner asks the lab screen for besides runs and checks: predictions, hints, solution, the end of a lab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netlab.app.drawing import clean
from netlab.app.messages import LabChosen
from netlab.app.notices import say
from netlab.app.screens import predict
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.screens.hints import HintScreen
from netlab.app.texts import language, t
from netlab.checking.verdicts import PredictionVerdict
from netlab.courseware.heads import LabHead
from netlab.courseware.model import Lab
from netlab.record.saving import open_record

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


async def show_evidence(screen: LabScreen, path: Path, frames: tuple[int, ...]) -> None:
    """The record of the run that was judged or measured in place of the last run's, at the first of the frames that
    show it, all of them marked. Asks before it ends programs.
    """
    running = screen.session.run.running
    if running and not await _may_end(screen, running):
        return
    record = open_record(path)
    await screen.session.run.show(record)
    screen.panes.go_to("wire")
    screen.call_later(screen.linking.prove, frames)
    screen.call_later(screen.wire.go_to_frame, frames[0] if frames else len(record.frames))
    say(screen, t("evidence-shown"))


async def _may_end(screen: LabScreen, running: list[str]) -> bool:
    text = t("evidence-text", programs=clean(", ".join(running)))
    choices = [Choice("show", t("evidence-show")), Choice("cancel", t("cancel"))]
    return await screen.app.push_screen_wait(Ask(t("evidence-title"), text, choices)) == "show"


async def predict_all(screen: LabScreen) -> None:
    """Every question of the lab, whether it was answered or not."""
    asked = screen.session.lab.predictions
    if not asked:
        say(screen, t("no-predictions"))
    for number, prediction in enumerate(asked, 1):
        title = t("predict-title", number=number, total=len(asked))
        if await predict.ask(screen, prediction, title) == predict.PredictScreen.ALL:
            return


async def hint(screen: LabScreen) -> None:
    """Opens the next hint."""
    if not screen.session.lab.hints:
        say(screen, t("no-hints"))
    elif await screen.app.push_screen_wait(HintScreen(screen.session)) == "solution":
        await solution(screen)


async def solution(screen: LabScreen) -> None:
    """The solution beside what is in the editors, once everything passed or the learner insists."""
    from netlab.app.screens.solution import SolutionScreen  # 7 ms that the first paint of a lab need not wait

    session = screen.session
    if not session.checks.complete() and not await _insists(screen):
        return
    names = session.solution()
    mine = {name: _text_of(screen, name) for name in names}
    screen.app.push_screen(SolutionScreen(mine, names, screen.code.front))


def _text_of(screen: LabScreen, name: str) -> str:
    editor = screen.code.editor(name)
    return editor.text if editor is not None else _on_disk(screen.session.path / name)


def _on_disk(path: Path) -> str:
    """Files in sub-folders, too, which no editor opens."""
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


async def _insists(screen: LabScreen) -> bool:
    total = sum(checkpoint.scored for checkpoint in screen.session.lab.checkpoints)
    text = t("solution-text", passed=screen.session.checks.passed(), total=total)
    choices = [Choice("show", t("solution-show"), risky=True), Choice("cancel", t("cancel"))]
    return await screen.app.push_screen_wait(Ask(t("solution-title"), text, choices)) == "show"


async def finish(screen: LabScreen) -> None:
    """What a finished lab has taught, and the way to the next; how far it is, where it is not finished."""
    session = screen.session
    if not session.checks.complete():
        total = sum(checkpoint.scored for checkpoint in session.lab.checkpoints)
        say(screen, t("not-finished", passed=session.checks.passed(), total=total))
        return
    following = screen.next_lab
    choices = [Choice("next", t("finished-open", number=following.number))] if following else []
    choices += [Choice("solution", t("solution")), Choice("stay", t("finished-stay"))]
    title = t("finished-title", number=session.lab.number)
    answer = await screen.app.push_screen_wait(Ask(title, finished_text(screen), choices))
    if answer == "solution":
        await solution(screen)
    elif answer == "next" and following:
        screen.post_message(LabChosen(following.id))


def finished_text(screen: LabScreen) -> str:
    """What the programs now do, how the predictions went, what helped, and what comes next."""
    lab, session, following = screen.session.lab, screen.session, screen.next_lab
    does = [f"\u2713 {one.text('title', language())}" for one in lab.checkpoints if one.scored]
    onward = f"{_next_title(following)}\n{following.text('summary', language())}" if following else t("finished-last")
    parts = [lab.text("summary", language()), onward, "\n".join([t("finished-learnt"), *does]), *_remarks(screen, lab)]
    if session.solution_shown():
        parts.append(t("finished-solution"))
    return "\n\n".join(parts)


def _next_title(following: LabHead) -> str:
    return t("finished-next", title=f"{following.number} {following.text('title', language())}")


def _remarks(screen: LabScreen, lab: Lab) -> list[str]:
    judged = screen.session.checks.predictions.values()
    right = sum(one.verdict is PredictionVerdict.RIGHT for one in judged)
    remarks = [t("finished-right", right=right, total=len(lab.predictions))] if right else []
    if opened := screen.session.hints_open():
        remarks.append(t("finished-hints", hints=opened, total=len(lab.hints)))
    return ["\n".join(remarks)] if remarks else []
