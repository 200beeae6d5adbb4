"""Whether F5 follows the folder's wire script, and that a learner's choice outlives the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session.scene import SCRIPT
from netlab.session.scripting import Script, ScriptUse, choose, recall, script_now
from netlab.session.session import LabSession
from netlab.session.settings import Settings

Open = Callable[[str], LabSession]


@pytest.fixture
def session_of(tmp_path: Path) -> Open:
    """A session on a lab; its folder is empty until a test puts something there."""
    (tmp_path / "work").mkdir()

    def make(lab: str) -> LabSession:
        data, wire = tmp_path / "data", Capability(True)
        return LabSession(load_course().find(lab), tmp_path / "work", Progress.in_memory(), data, lambda: wire)

    return make


def scene(session: LabSession, scene_id: str) -> None:
    session.scene = next(one for one in session.scenes() if one.id == scene_id)


def test_a_script_that_a_scene_owns_is_in_force_there_alone(session_of: Open) -> None:
    session = session_of("file-download")
    assert script_now(session) == Script(ScriptUse.ABSENT, ("lossy",))
    (session.path / SCRIPT).write_text("")
    for scene_id, use in (("", ScriptUse.OWNED), ("lossy", ScriptUse.SCENE), ("download", ScriptUse.WITHOUT)):
        scene(session, scene_id)
        assert script_now(session).use is use


def test_a_script_of_the_learners_own_is_followed_by_hand(session_of: Open) -> None:
    session = session_of("chat-server")
    (session.path / SCRIPT).write_text("")
    assert script_now(session) == Script(ScriptUse.USED)
    session.run.by_script = False
    assert script_now(session) == Script(ScriptUse.UNUSED)


@pytest.mark.parametrize(("lab", "used"), [("file-download", True), ("chat-server", False)])
def test_what_was_chosen_is_remembered_for_that_lab(session_of: Open, tmp_path: Path, lab: str, used: bool) -> None:
    choose(session_of(lab), Settings(tmp_path / "data"), used=used)
    again = session_of(lab)
    assert again.run.by_script is not used
    recall(again, Settings(tmp_path / "data"))
    assert again.run.by_script is used
    other = session_of("chat-server" if lab == "file-download" else "file-download")
    before = other.run.by_script
    recall(other, Settings(tmp_path / "data"))
    assert other.run.by_script is before
