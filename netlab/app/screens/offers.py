"""What the lab screen adds to the command palette: hands on its wire, its scenes, files, programs and kept runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from netlab.app.drawing import clean
from netlab.app.handkeys import DEEDS
from netlab.app.keys import find
from netlab.app.messages import PlaceChosen
from netlab.app.texts import language, t

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


def offered(screen: LabScreen) -> Iterator[SystemCommand]:
    """Hands on the wire, scenes to play, files to look at, programs to restart."""
    yield from _hands(screen)
    for scene in screen.session.scenes():
        named = f"{scene.id}: " if scene.id else ""  # as the guide names it
        title = t("palette-scene", title=named + scene.text("title", language()))
        yield SystemCommand(title, t("palette-scene-help"), partial(screen.play, scene))
    for name in screen.session.file_names():
        show = partial(screen.post_message, PlaceChosen(name))
        yield SystemCommand(t("palette-file", name=clean(name)), t("palette-file-help"), show)
    for pane in screen.terminals:
        title = t("palette-restart", program=pane.terminal)
        yield SystemCommand(title, t("palette-restart-help"), partial(screen.restart, pane.terminal))
    yield from _clients_and_runs(screen)
    if screen.session.lab.predictions:
        yield SystemCommand(t("palette-predict"), t("palette-predict-help"), screen.predict)
    yield SystemCommand(t("palette-sizes"), t("palette-sizes-help"), screen.arrangement.forget)
    yield SystemCommand(t("palette-tour"), t("palette-tour-help"), screen.tour)


def _hands(screen: LabScreen) -> Iterator[SystemCommand]:
    """What the wire's own keys do; where the wire has the focus, these are in the palette already."""
    if screen.wire.has_focus_within:
        return
    for key in (find(deed) for deed in DEEDS if screen.wire.can(deed)):
        ask = partial(screen.wire.action_hand, key.id)
        yield SystemCommand(f"{t('wire')}: {key.label}", key.tip, ask)
    if screen.wire.check_action("scrub", (-1,)):
        key = find("earlier")
        yield SystemCommand(f"{t('wire')}: {key.label}", key.tip, partial(screen.wire.action_scrub, -1))


def _clients_and_runs(screen: LabScreen) -> Iterator[SystemCommand]:
    if any(program.listens == "udp" for program in screen.session.lab.programs):
        yield SystemCommand(t("palette-add-udp"), find("add-client").tip, partial(screen.add_client, "udp"))
    if screen.session.script_there():
        title = t("palette-no-script" if screen.session.run.by_script else "palette-script")
        yield SystemCommand(title, t("palette-script-help"), screen.wire.action_toggle_script)
    yield SystemCommand(t("open-record"), t("open-record-help"), screen.open_record)
