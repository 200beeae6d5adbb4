"""Opening a lab: whose folder is it, was text left unsaved, then the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.app.bridge import connect
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.screens.lab import LabScreen
from netlab.app.texts import t
from netlab.courseware.folders import near
from netlab.session.desk import Desk
from netlab.session.scripting import recall
from netlab.session.session import LabSession

if TYPE_CHECKING:
    from netlab.app.app import NetlabApp


async def open_lab(app: NetlabApp, desk: Desk, lab: str) -> None:
    """Shows the lab screen on a new session. Raises NetlabError; nothing is open then.

    A lab that is open already is left first, which may ask; so may the new one.
    """
    if not await _left_the_last(app):
        return
    session = desk.session(lab)
    holder = session.take_folder()
    if holder and not await _open_anyway(app, session, holder):
        return
    recall(session, desk.settings)
    session.open()
    screen = LabScreen(session, desk.capability(), desk.settings, desk.after(session.lab.id))
    connect(session, screen)
    await app.push_screen(screen)


async def _left_the_last(app: NetlabApp) -> bool:
    screen = app.screen
    if not isinstance(screen, LabScreen):
        return True
    if not await screen.may_leave("leave-title"):
        return False
    await screen.leave()
    return True


async def _open_anyway(app: NetlabApp, session: LabSession, holder: int) -> bool:
    text = t("locked-text", pid=holder if holder > 0 else "?", folder=near(session.path))
    choices = [Choice("open", t("open-anyway")), Choice("cancel", t("cancel"))]
    return await app.push_screen_wait(Ask(t("locked-title"), text, choices)) == "open"
