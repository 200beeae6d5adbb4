"""Saving what is in the editors, and asking first wherever text could be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.app.drawing import clean
from netlab.app.notices import say, tell_error, warn
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.texts import t
from netlab.app.widgets.editor import Editor
from netlab.errors import NetlabError
from netlab.session.folder import ChangedOnDiskError

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


async def save_all(screen: LabScreen) -> bool:
    """Saves every unsaved file; False where the learner thought again, or one could not be saved."""
    for name in screen.code.dirty():
        if not await save(screen, name):
            return False
    return True


async def save(screen: LabScreen, name: str) -> bool:
    """Saves one file; asks first where it changed on disk. False where it was not saved, nor loaded instead."""
    editor = screen.code.editor(name)
    if editor is None:
        return True
    try:
        screen.session.save(name, editor.text)
    except ChangedOnDiskError:
        return await _settle_conflict(screen, editor)
    except NetlabError as error:
        tell_error(screen, error)
        return False
    _saved(screen, editor)
    return True


def _saved(screen: LabScreen, editor: Editor) -> None:
    editor.saved = editor.text
    screen.code.mark()


async def _settle_conflict(screen: LabScreen, editor: Editor) -> bool:
    """Mine, theirs, or neither yet."""
    choices = [
        Choice("mine", t("keep-mine"), risky=True),
        Choice("theirs", t("load-theirs"), risky=True),
        Choice("cancel", t("cancel")),
    ]
    name = clean(editor.file)
    question = Ask(t("conflict-title", file=name), t("conflict-text", file=name), choices)
    answer = await screen.app.push_screen_wait(question)
    if answer == "mine":
        screen.session.save(editor.file, editor.text, force=True)
        _saved(screen, editor)
    elif answer == "theirs":
        load(screen, editor)
    return answer != "cancel"


def load(screen: LabScreen, editor: Editor) -> None:
    """The text on disk into the editor. Undo brings back what was there."""
    try:
        text = screen.session.files.read(editor.file)
    except NetlabError as error:
        tell_error(screen, error)
        return
    editor.saved = text
    if editor.text != text:
        editor.replace_all(text)
    screen.session.unsaved.forget(editor.file)
    screen.code.mark()


def files_written(screen: LabScreen, names: frozenset[str]) -> None:
    """Files were written, here or elsewhere: buffers without unsaved text follow, others are only told of.

    So are those of files that were removed: then the buffer has the only text that is left.
    """
    for editor in screen.code.editors():
        if editor.file not in names or not _is_foreign(screen, editor):
            continue
        if editor.dirty or editor.file not in screen.session.files.names():
            warn(screen, t("conflict-title", file=clean(editor.file)))
        else:
            load(screen, editor)
            say(screen, t("reloaded", file=clean(editor.file)))


def _is_foreign(screen: LabScreen, editor: Editor) -> bool:
    try:
        return screen.session.files.changed(editor.file)
    except NetlabError:
        return False


def keep_unsaved(screen: LabScreen, name: str) -> None:
    """Keeps the buffer's text where a crash cannot reach it, or forgets what was kept once it is saved."""
    editor = screen.code.editor(name)
    if editor is not None and editor.dirty:
        screen.session.unsaved.keep(name, editor.text)
    else:
        screen.session.unsaved.forget(name)


async def offer_kept_text(screen: LabScreen) -> None:
    """Text that an earlier netlab could not save, into the editors, if the learner wants it."""
    kept = screen.session.kept_text()
    if not kept:
        return
    text = t("recovered-text", files=clean(", ".join(kept)))
    choices = [Choice("discard", t("discard-kept"), risky=True), Choice("take", t("take-kept"))]
    if await screen.app.push_screen_wait(Ask(t("recovered-title"), text, choices)) == "discard":
        for name in kept:
            screen.session.unsaved.forget(name)
        return
    for name, unsaved in kept.items():
        await screen.code.show(name)
        editor = screen.code.editor(name)
        if editor is not None:
            editor.replace_all(unsaved)


async def may_leave(screen: LabScreen, title: str) -> bool:
    """Whether the lab may be left: nothing runs and all is saved, or the learner decides so."""
    unsaved, running = screen.code.dirty(), screen.session.run.running
    if not unsaved and not running:
        return True
    lines = [t("quit-unsaved", files=clean(", ".join(unsaved)))] if unsaved else []
    lines += [t("quit-running", programs=clean(", ".join(running)))] if running else []
    answer = await screen.app.push_screen_wait(Ask(t(title), "\n".join(lines), _ways_out(bool(unsaved))))
    if answer == "discard":
        for name in unsaved:
            screen.session.unsaved.forget(name)
    return answer in ("stop", "discard") or (answer == "save" and await save_all(screen))


def _ways_out(unsaved: bool) -> list[Choice]:
    stay = Choice("cancel", t("cancel"))
    if unsaved:
        return [Choice("save", t("save-and-quit")), Choice("discard", t("quit-without"), risky=True), stay]
    return [Choice("stop", t("stop-and-quit")), stay]
