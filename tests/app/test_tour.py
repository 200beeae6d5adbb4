"""The first look: once, four steps, can be skipped, and is there again when asked for."""

from __future__ import annotations

from functools import partial

import pytest

from netlab.app.app import NetlabApp
from netlab.app.screens.tour import TourScreen
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen, shown, until


@pytest.fixture
def newcomer(workbench: NetlabApp) -> NetlabApp:
    workbench.with_tour = True
    return workbench


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_newcomer_is_shown_around_once(newcomer: NetlabApp, desk: Desk, size: tuple[int, int]) -> None:
    async with newcomer.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(newcomer.screen, TourScreen))
        for number in range(1, 5):
            await until(pilot, partial(reached, newcomer, number))
            await pilot.press("n")
        screen = await lab_screen(pilot)
        assert not screen.query(".-toured")
    again = NetlabApp(desk, "chat-server")
    again.with_tour = True
    async with again.run_test(size=size) as pilot:
        screen = await lab_screen(pilot)
        await pilot.pause()
        assert again.screen is screen


def reached(app: NetlabApp, number: int) -> bool:
    return f"A first look: {number} of 4" in shown(app)


async def test_it_can_be_skipped_and_asked_for(newcomer: NetlabApp) -> None:
    async with newcomer.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(newcomer.screen, TourScreen))
        await pilot.press("escape")
        screen = await lab_screen(pilot)
        screen.tour()
        await until(pilot, lambda: "A first look: 1 of 4" in shown(newcomer))
