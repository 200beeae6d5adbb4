"""The palette: everything in it has a name of its own and a sentence, in both languages. It opens anywhere, and so does
help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.screen import Screen

from netlab.app.app import NetlabApp
from netlab.app.screens.dialogs import Ask, Choice
from netlab.app.screens.frame import FrameScreen
from netlab.app.screens.help import HelpScreen
from netlab.app.screens.hints import HintScreen
from netlab.app.screens.lab import LabScreen
from netlab.app.screens.pick import Pick
from netlab.app.screens.predict import PredictScreen
from netlab.app.screens.solution import SolutionScreen
from netlab.app.screens.states import StatesScreen
from netlab.app.screens.tour import TourScreen
from netlab.app.texts import use_language
from netlab.courseware.model import PredictionKind, PredictionModel
from netlab.record.callbook import CallBook
from netlab.record.saving import open_record
from tests.app.conftest import lab_screen, shown, until
from tests.app.remake_record import RECORD

NUMBER = PredictionModel("frames", "How many frames?", "几个帧？", PredictionKind.NUMBER, (), ())


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_command_is_explained(workbench: NetlabApp, language: str) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        screen = await lab_screen(pilot)
        workbench.choose_language(language)
        commands = list(workbench.get_system_commands(screen))
        assert all(command.title and command.help for command in commands)
        assert len({command.title for command in commands}) == len(commands)
        assert len(commands) > 40
    use_language("en")


SHEETS: dict[str, Callable[[LabScreen], Screen[Any]]] = {
    "frame": lambda lab: FrameScreen(open_record(RECORD), CallBook(open_record(RECORD)), 1),
    "states": lambda lab: StatesScreen(lab.session.run),
    "solution": lambda lab: SolutionScreen({"a.py": "1"}, {"a.py": "2"}),
    "question": lambda lab: Ask("Sure?", "It is a question.", [Choice("yes", "Yes"), Choice("no", "No")]),
    "list": lambda lab: Pick("Which?", [Choice("one", "One")]),
    "prediction": lambda lab: PredictScreen(NUMBER, "Predict", more=True),
    "hint": lambda lab: HintScreen(lab.session),
    "tour": TourScreen,
}


@pytest.mark.parametrize("sheet", SHEETS)
async def test_help_and_palette_work_over_the_lab_too(workbench: NetlabApp, sheet: str) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        lab = await lab_screen(pilot)
        over = SHEETS[sheet](lab)
        await workbench.push_screen(over)
        await pilot.pause()
        for key, kind in (("f1", HelpScreen), ("ctrl+p", CommandPalette)):
            await pilot.press(key)
            await until(pilot, lambda kind=kind: isinstance(workbench.screen, kind))  # type: ignore[misc]
            if key == "f1":
                assert "Find any command" in shown(workbench)
                assert "Esc" in shown(workbench)
            await pilot.press("escape")
            await until(pilot, lambda: workbench.screen is over)
        titles = [command.title for command in workbench.get_system_commands(over)]
        assert any("中文" in title for title in titles)
        assert not any("Open lab" in title for title in titles)


async def test_help_over_the_palette_is_about_what_lies_below(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        lab = await lab_screen(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(workbench.screen, CommandPalette))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(workbench.screen, HelpScreen))
        assert "Save, and judge every checkpoint" in shown(workbench)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: workbench.screen is lab)


async def test_a_language_that_is_chosen_over_a_sheet_is_spoken_on_it(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        lab = await lab_screen(pilot)
        await workbench.push_screen(HelpScreen(lab))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(workbench.screen, CommandPalette))
        await pilot.press(*"中文", "enter")
        await until(pilot, lambda: isinstance(workbench.screen, HelpScreen) and "帮助" in shown(workbench))
    use_language("en")
