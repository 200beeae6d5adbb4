"""A learner's desk in a temporary folder, the workbench on it, and pictures that do not depend on this machine.

The programs of these tests run on the loopback, so that they run for everybody; the private network has its own tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.screens.lab import LabScreen
from netlab.courseware.course import load_course
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.session.desk import Desk

SVGImageExtension.file_extension = "svg"
"""pytest-textual-snapshot sets it for an older syrupy, which had another name for it."""
PATIENCE = 30.0
"""Seconds until a condition that does not come true fails its test."""
LOOPBACK = Capability(False, "These tests ask for the loopback.", "")
PRIVATE = Capability(True)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that changes colours or drivers comes in from outside."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_DRIVER", "TEXTUAL_ANIMATIONS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def progress() -> Iterator[Progress]:
    kept = Progress.in_memory()
    yield kept
    kept.close()


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the learner started netlab: the lab's folder is laid out below it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def desk(progress: Progress, work: Path) -> Desk:
    return Desk(load_course(), progress, work / "data", capability=LOOPBACK)


@pytest.fixture
def folder(work: Path) -> Path:
    """The learner's folder of the chat server, once it is laid out."""
    return work / "netlab-work" / "02-chat-server"


@pytest.fixture
def workbench(desk: Desk) -> NetlabApp:
    """The workbench, opened at the chat server."""
    return NetlabApp(desk, "chat-server")


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Lets the app work until the condition holds."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await pilot.pause()
    except TimeoutError:
        assert isinstance(pilot.app, NetlabApp)
        # An Exception, as pytest.fail's is not: Textual ends the app at one, so a picture that never comes fails.
        raise AssertionError(f"It did not come to that. On the screen:\n{shown(pilot.app)}") from None


async def lab_screen(pilot: Pilot[int]) -> LabScreen:
    """The lab screen, when its panes are filled."""
    await until(pilot, lambda: isinstance(pilot.app.screen, LabScreen) and pilot.app.screen.filled)
    screen = pilot.app.screen
    assert isinstance(screen, LabScreen)
    return screen


def shown(app: NetlabApp) -> str:
    """The screen as plain text, a line each."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
