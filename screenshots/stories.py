"""The story of each lab as four pictures under `labs/`: the starter fails, the fix, its checkpoints, the ladder.

Everything is a real run: the learner's folder begins as the starter, and then gets the solution's files.
"""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList

from netlab.app.screens.lab import LabScreen
from netlab.app.screens.predict import PredictScreen
from netlab.courseware.folders import files_of
from netlab.courseware.model import Lab
from netlab.session.facts import Fact, SceneFinished

SIZE = (120, 40)
FIXED = {
    "tcp-vs-udp": ("tcp_server.py", "while data :="),
    "chat-server": ("server.py", "data = connection.recv"),
    "multi-client": ("server.py", "threading.Thread"),
    "reuse-address": ("server.py", "setsockopt"),
    "file-download": ("server.py", "resolve()"),
}
"""Where in the solution to look, by lab: a file, and a text of the line."""

Until = Callable[[Pilot[int], Callable[[], object]], Awaitable[None]]
Take = Callable[[str], None]


async def tell(pilot: Pilot[int], until: Until, take: Take) -> None:
    """Works through the lab that is open, and takes a picture at each turn."""
    await until(pilot, lambda: isinstance(pilot.app.screen, LabScreen) and pilot.app.screen.filled)
    screen = pilot.app.screen
    assert isinstance(screen, LabScreen)
    await _run(pilot, screen, until)
    await _check(pilot, screen, until)
    take("1-starter-fails")
    await _fix(pilot, screen, until)
    take("2-fixed")
    await _run(pilot, screen, until)
    await _check(pilot, screen, until)
    take("3-checkpoints-turn")
    await _look_at_ladder(pilot, screen, until)
    take("4-ladder")


async def _run(pilot: Pilot[int], screen: LabScreen, until: Until) -> None:
    facts: list[Fact] = []
    screen.session.subscribe(facts.append)
    screen.play(screen.session.lab.scenes[0])
    await _pass_over_questions(pilot, screen, until, lambda: facts)
    await until(pilot, lambda: any(isinstance(fact, SceneFinished) for fact in facts))
    await pilot.pause(0.5)


async def _check(pilot: Pilot[int], screen: LabScreen, until: Until) -> None:
    screen.action_check()
    await _pass_over_questions(pilot, screen, until, lambda: screen.session.checks.checking)
    await until(pilot, lambda: not screen.session.checks.checking)
    screen.panes.go_to("checks")
    results = screen.session.checks.results
    order = [checkpoint.id for checkpoint in screen.session.lab.checkpoints]
    failed = [n for n, name in enumerate(order) if name in results and results[name].verdict == "failed"]
    screen.checks.query_one(OptionList).highlighted = failed[0] if failed else 0
    await pilot.pause(0.3)


async def _pass_over_questions(pilot: Pilot[int], screen: LabScreen, until: Until, begun: Callable[[], object]) -> None:
    """The questions that come before a run; these pictures answer none."""
    await until(pilot, lambda: begun() or isinstance(pilot.app.screen, PredictScreen))
    if isinstance(pilot.app.screen, PredictScreen):
        await pilot.press("escape")
        await until(pilot, begun)


async def _fix(pilot: Pilot[int], screen: LabScreen, until: Until) -> None:
    lab = screen.session.lab
    for file in files_of(lab.solution_folder):
        shutil.copyfile(lab.solution_folder / file, screen.session.path / file)
    name, line = _place(lab)
    wanted = (lab.solution_folder / name).read_text("utf-8")
    await screen.code.show(name, line=line, focus=True)
    editor = screen.code.editor(name)
    assert editor is not None
    await until(pilot, lambda: editor.text == wanted)
    await screen.code.show(name, line=line, focus=True)
    await pilot.pause(0.3)


def _place(lab: Lab) -> tuple[str, int]:
    name, text = FIXED[lab.id]
    lines = (lab.solution_folder / name).read_text("utf-8").splitlines()
    return name, next(number for number, line in enumerate(lines, 1) if text in line)


async def _look_at_ladder(pilot: Pilot[int], screen: LabScreen, until: Until) -> None:
    screen.panes.go_to("wire")
    await until(pilot, lambda: screen.panes.focused is screen.wire)
    screen.action_zoom()
    await pilot.pause()
    await pilot.press("home")
    await pilot.pause(0.3)


def place_of(here: Path, lab: Lab, name: str) -> Path:
    """Where a picture goes, without its suffix."""
    folder = here / "labs" / lab.folder_name
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
