"""Every theme that is offered can be read: WCAG 2's contrast ratio of what is written on what it is written on."""

from __future__ import annotations

import pytest
from textual.color import Color

from netlab.app import themes
from netlab.app.app import NetlabApp
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen

PAIRS = [
    ("foreground", "background"),
    ("foreground", "surface"),
    ("foreground", "panel"),
    ("title-foreground", "title-background"),
    ("title-active-foreground", "title-active-background"),
    ("block-cursor-foreground", "block-cursor-background"),
]


@pytest.mark.parametrize("name", themes.OFFERED)
async def test_what_is_written_can_be_read(desk: Desk, name: str) -> None:
    app = NetlabApp(desk, theme=name)
    async with app.run_test():
        tokens = app.theme_variables
        least = 7.0 if name == themes.CONTRAST.name else 3.0
        found = {pair: _contrast(*(Color.parse(tokens[token]) for token in pair)) for pair in PAIRS}
        assert {pair: round(ratio, 1) for pair, ratio in found.items() if ratio < least} == {}


def test_there_are_enough_to_choose_from() -> None:
    assert len(themes.OFFERED) >= 6
    assert {theme.dark for theme in themes.OURS} == {True, False}


def _contrast(one: Color, other: Color) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio"""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_every_theme_can_be_put_on_while_a_lab_is_open(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        await lab_screen(pilot)
        for name in themes.OFFERED:
            workbench.choose_theme(name)
            await pilot.pause()
        assert workbench.theme == themes.OFFERED[-1]
