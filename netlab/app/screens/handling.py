"""Hands on the wire: what a key, a click or the palette asks for, with a question first where one is needed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from netlab.app.drawing import clean
from netlab.app.handkeys import target
from netlab.app.notices import say, tell_error
from netlab.app.screens import saving
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.screens.pick import Pick
from netlab.app.texts import language, t
from netlab.errors import NetlabError
from netlab.record.record import Record
from netlab.record.saving import open_record as open_saved
from netlab.session.hands import Until
from netlab.session.runs import KeptRun
from netlab.session.scene import SCRIPT
from netlab.session.scripting import ScriptUse, choose, script_now

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


async def take(screen: LabScreen, deed: str) -> None:
    """Does what one of `handkeys.DEEDS` names; says why where it cannot be done."""
    try:
        await _take(screen, deed)
    except NetlabError as error:
        tell_error(screen, error)


async def _take(screen: LabScreen, deed: str) -> None:
    hands = screen.session.hands
    match deed:
        case "freeze":
            await hands.freeze()
        case "thaw":
            await hands.thaw()
        case "step":
            await hands.step()
        case "slow":
            await hands.pace()
        case "until":
            await _run_until(screen)
        case "cut":
            await _cut(screen)
        case "reboot":
            await _reboot(screen)
        case "keep":
            await _keep(screen)
        case _:
            await _handle_frame(screen, deed)


async def _handle_frame(screen: LabScreen, deed: str) -> None:
    """The chosen frame, or the one that is next to go."""
    hands, chosen = screen.session.hands, screen.wire.chosen_frame
    number = target(hands.standing, chosen)
    if deed == "release":
        await hands.release(chosen if chosen in hands.standing.held else None)
    elif deed == "drop":
        await hands.drop(number or chosen)
    elif deed == "hold":
        await hands.hold(number)
    elif deed == "delay":
        await hands.delay(number)


async def _run_until(screen: LabScreen) -> None:
    choices = [Choice(kind.value, t(f"until-{kind.value}")) for kind in Until]
    if answer := await screen.app.push_screen_wait(Pick(t("pick-until"), choices)):
        await screen.session.hands.run_until(Until(answer))


async def _cut(screen: LabScreen) -> None:
    """Cuts a host off, or plugs in again one that is."""
    hands = screen.session.hands
    cut = hands.standing.cut
    words = {host.name: "join-host" if host.name in cut else "cut-host" for host in screen.session.lab.hosts}
    host = await _pick_host(screen, "pick-cut", words)
    if host in cut:
        await hands.join(host)
    elif host:
        await hands.cut(host)


async def _reboot(screen: LabScreen) -> None:
    host = await _pick_host(screen, "pick-reboot", {})
    if host:
        await screen.session.hands.reboot(host)
        say(screen, t("rebooted", host=host))


async def _pick_host(screen: LabScreen, title: str, words: dict[str, str]) -> str:
    choices = [
        Choice(host.name, t(words[host.name], host=host.name, address=host.address))
        if words
        else Choice(host.name, f"{host.name}  {host.address}")
        for host in screen.session.lab.hosts
    ]
    return await screen.app.push_screen_wait(Pick(t(title), choices))


async def _keep(screen: LabScreen) -> None:
    """Into wire.toml, which opens in the editor; asks before what is there is lost."""
    session, behind = screen.session, False
    if session.script_there():
        choices = [
            Choice("replace", t("keep-replace"), risky=True),
            Choice("add", t("keep-add")),
            Choice("cancel", t("cancel")),
        ]
        answer = await screen.app.push_screen_wait(Ask(t("keep-title"), t("keep-text"), choices))
        if answer == "cancel":
            return
        behind = answer == "add"
    count = session.keep_script(behind=behind)
    choose(session, screen.settings, used=True)
    await screen.code.show(SCRIPT)
    if (editor := screen.code.editor(SCRIPT)) is not None:
        saving.load(screen, editor)
    screen.panes.go_to("code")
    say(screen, t("kept-script", count=t("one-rule") if count == 1 else t("rules", count=count)))


def stand(screen: LabScreen) -> None:
    """Draws how the wire stands; asks it anew if anything happened since."""
    session = screen.session
    session.hands.pull()
    screen.wire.stand(session.hands.standing, script_now(session))


def tell_script(screen: LabScreen) -> None:
    """A run by hand has begun: that it goes without a script which is there is said once."""
    session, told = screen.session, f"script-told.{screen.session.lab.id}"
    script = script_now(session)
    if script.use is ScriptUse.OWNED and session.run.capability().private and not screen.settings.get(told, False):
        screen.settings.put(told, True)
        say(screen, t("script-owned", scene=", ".join(script.owners)))


async def show_script(screen: LabScreen, *, toggle: bool) -> None:
    """The wire script in the editor; or whether F5 by hand uses it, the other way round."""
    if toggle:
        choose(screen.session, screen.settings, used=not screen.session.run.by_script)
        stand(screen)
    else:
        await screen.code.show(SCRIPT, focus=True)
        screen.panes.go_to("code")


async def add_client(screen: LabScreen, protocol: str) -> None:
    """A line client on the next host, and the keyboard at it."""
    try:
        terminal = await screen.session.run.add_client(protocol)
    except NetlabError as error:
        tell_error(screen, error)
        return
    screen.call_after_refresh(screen.panes.go_to_terminal, terminal)


async def open_record(screen: LabScreen) -> None:
    """A run that was kept, or any record by its path."""
    runs = {str(run.path): run for run in screen.session.runs.runs()}
    scenes = {scene.id: scene.text("title", language()) for scene in screen.session.scenes()}
    choices = [Choice(path, _told(run, scenes)) for path, run in runs.items()]
    text = "" if choices else t("no-kept-runs")
    answer = await screen.app.push_screen_wait(Pick(t("open-record"), choices, text=text, typed=t("open-record-file")))
    try:
        record = _opened(answer) if answer else None
    except NetlabError as error:
        tell_error(screen, error)
        return
    if record is not None and await _may_stop(screen):
        await screen.session.run.show(record)
        screen.panes.go_to("wire")


def _opened(path: str) -> Record:
    return open_saved(Path(path).expanduser())


async def _may_stop(screen: LabScreen) -> bool:
    """Whether nothing runs, or the learner says that it may be ended."""
    running = screen.session.run.running
    if not running:
        return True
    text = t("quit-running", programs=clean(", ".join(running)))
    choices = [Choice("stop", t("stop-and-open")), Choice("cancel", t("cancel"))]
    return await screen.app.push_screen_wait(Ask(t("open-record"), text, choices)) == "stop"


def _told(run: KeptRun, scenes: dict[str, str]) -> str:
    when = datetime.fromtimestamp(run.started_at / 1e9).strftime("%Y-%m-%d %H:%M:%S")
    return t("kept-run", when=when, scene=scenes.get(run.scene, run.scene), count=run.frames)
