"""The way out of the screen and back: the learner's own editor; and starting the lab over, with a copy kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.app.drawing import clean
from netlab.app.notices import say, tell_error
from netlab.app.screens import saving
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.texts import t
from netlab.courseware.folders import near
from netlab.processes.foreground import editor_command, run_in_foreground

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


def can_suspend(screen: LabScreen) -> bool:
    """Whether the terminal is ours to give away: in a browser it is not."""
    driver = screen.app._driver
    return driver is not None and driver.can_suspend


async def edit(screen: LabScreen) -> None:
    """Saves, and opens the file in front in the learner's editor; netlab stands still until that has ended."""
    if not await saving.save_all(screen):
        return
    name = screen.code.front
    editor = screen.code.editor(name)
    line = editor.cursor_location[0] + 1 if editor is not None else 1
    command = editor_command(screen.session.path / name, line)
    if not command:
        tell_error(screen, t("no-editor"))
        return
    with screen.app.suspend():
        code = run_in_foreground(command, screen.session.path)
    saving.files_written(screen, frozenset(screen.code.names))
    if code:
        tell_error(screen, t("editor-failed", editor=clean(command[0]), code=code))


async def start_over(screen: LabScreen) -> None:
    """The starter again, if the learner is sure. Text that was not saved is in the copy, too."""
    session = screen.session
    text = t("reset-text", folder=clean(near(session.path)))
    choices = [Choice("over", t("reset-do"), risky=True), Choice("cancel", t("cancel"))]
    if await screen.app.push_screen_wait(Ask(t("reset-title"), text, choices)) != "over":
        return
    if not await saving.save_all(screen):
        return
    kept = await session.start_over()
    for editor in screen.code.editors():
        saving.load(screen, editor)
    screen.checks.ended("")
    screen.tell_place()
    say(screen, t("reset-done", folder=clean(near(kept))))
