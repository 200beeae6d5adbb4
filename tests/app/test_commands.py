"""The palette: everything in it has a name of its own and a sentence, in both languages."""

from __future__ import annotations

import pytest

from netlab.app.app import NetlabApp
from netlab.app.texts import use_language
from tests.app.conftest import lab_screen


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
