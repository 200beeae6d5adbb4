"""What the lab screen adds to the command palette: its scenes, files and programs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from netlab.app.drawing import clean
from netlab.app.messages import PlaceChosen
from netlab.app.texts import language, t

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


def offered(screen: LabScreen) -> Iterator[SystemCommand]:
    """Scenes to play, files to look at, programs to restart."""
    for scene in screen.session.scenes():
        title = t("palette-scene", title=scene.text("title", language()))
        yield SystemCommand(title, t("palette-scene-help"), partial(screen.play, scene))
    for name in screen.session.file_names():
        show = partial(screen.post_message, PlaceChosen(name))
        yield SystemCommand(t("palette-file", name=clean(name)), t("palette-file-help"), show)
    for pane in screen.terminals:
        title = t("palette-restart", program=pane.terminal)
        yield SystemCommand(title, t("palette-restart-help"), partial(screen.restart, pane.terminal))
