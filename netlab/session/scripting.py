"""Whether the wire follows the folder's wire script when F5 is pressed next, and why; what the learner chose is kept.

A scene that names `wire.toml` owns it: it was written for that scene, and a run by hand goes without, until the learner
wants it otherwise. Where no scene owns it, it is the learner's own, and a run by hand follows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from netlab.session.scene import BY_HAND, SCRIPT
from netlab.session.session import LabSession
from netlab.session.settings import Settings


class ScriptUse(StrEnum):
    """What the next F5 makes of the script."""

    ABSENT = "absent"  # there is none
    USED = "used"  # a run by hand follows it
    OWNED = "owned"  # a run by hand goes without: it is some scene's
    UNUSED = "unused"  # a run by hand goes without, because the learner said so
    SCENE = "scene"  # the scene follows it
    WITHOUT = "without"  # the scene goes without


@dataclass(frozen=True, slots=True)
class Script:
    """The script of one lab, as it stands."""

    use: ScriptUse = ScriptUse.ABSENT
    owners: tuple[str, ...] = ()
    """The scenes that name it."""


def script_now(session: LabSession) -> Script:
    """For what F5 plays next."""
    owners = tuple(scene.id for scene in session.lab.scenes if scene.wire == SCRIPT)
    if not session.script_there():
        return Script(ScriptUse.ABSENT, owners)
    if session.scene.id != BY_HAND:
        return Script(ScriptUse.SCENE if session.scene.wire == SCRIPT else ScriptUse.WITHOUT, owners)
    if session.run.by_script:
        return Script(ScriptUse.USED, owners)
    return Script(ScriptUse.OWNED if owners else ScriptUse.UNUSED, owners)


def choose(session: LabSession, settings: Settings, *, used: bool) -> None:
    """From now on runs by hand follow the script, or do not; in the next netlab, too."""
    session.run.by_script = used
    settings.put(_name(session), used)


def recall(session: LabSession, settings: Settings) -> None:
    """As it was chosen last."""
    session.run.by_script = settings.get(_name(session), session.run.by_script)


def _name(session: LabSession) -> str:
    return f"script-by-hand.{session.lab.id}"
