"""The learner's own editor, and starting over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Button

from netlab.app.app import NetlabApp
from netlab.app.screens import outside
from netlab.app.screens.dialogs import Ask
from tests.app.conftest import lab_screen, shown, until

SIZE = (120, 40)


async def test_the_learners_editor_has_the_terminal_and_what_it_writes_is_loaded(
    workbench: NetlabApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Sequence[str]] = []

    def write(argv: Sequence[str], cwd: Path) -> int:
        opened.append(argv)
        Path(argv[-1]).write_text("from_my_editor = 1\n")
        return 0

    @contextmanager
    def suspend() -> Iterator[None]:
        yield

    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(outside, "run_in_foreground", write)
    monkeypatch.setattr(outside, "can_suspend", lambda screen: True)
    monkeypatch.setattr(workbench, "suspend", suspend)
    async with workbench.run_test(size=SIZE) as pilot:
        await lab_screen(pilot)
        await pilot.press("x", "ctrl+g")
        await until(pilot, lambda: "from_my_editor" in shown(workbench))
        assert opened == [["true", str(folder / "server.py")]]
        assert "server.py*" not in shown(workbench)


async def test_where_the_terminal_is_not_ours_to_give_the_key_is_greyed(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        assert not screen.active_bindings["ctrl+g"].enabled


async def test_starting_over_asks_and_keeps_a_copy_with_the_unsaved_text(workbench: NetlabApp, folder: Path) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen = await lab_screen(pilot)
        starter = (folder / "server.py").read_text()
        await pilot.press("m", "y", "ctrl+r")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        await pilot.press("escape")
        assert (folder / "server.py").read_text() == starter
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(workbench.screen, Ask))
        workbench.screen.query_one("#over", Button).press()
        await until(pilot, lambda: list(folder.parent.glob("*before-reset*/server.py")))
        (copy,) = folder.parent.glob("*before-reset*/server.py")
        assert copy.read_text() == f"my{starter}"
        await until(pilot, lambda: not screen.code.dirty() and screen.code.editors()[0].text == starter)
        assert (folder / "server.py").read_text() == starter
