"""Panes are given room by keys and by the mouse, and keep it; so do theme, language and zoom."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.texts import language, use_language
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen, until

NORMAL, WIDE = (120, 40), (160, 45)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_keys_move_the_dividers_of_the_pane_in_focus(workbench: NetlabApp, size: tuple[int, int]) -> None:
    async with workbench.run_test(size=size) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to("guide")
        await pilot.pause()
        width, height = screen.guide.size
        await pilot.press("alt+right", "alt+right", "alt+down")
        await until(pilot, lambda: screen.guide.size.width == width + 4 and screen.guide.size.height > height)
        screen.panes.go_to("wire")
        await pilot.pause()
        wire = screen.wire.size.height
        await pilot.press("alt+up", "alt+up")
        await until(pilot, lambda: wire < screen.wire.size.height <= wire + 3)
        assert screen.guide.size.width == width + 4


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_mouse_drags_a_divider_where_it_wants(workbench: NetlabApp, size: tuple[int, int]) -> None:
    async with workbench.run_test(size=size) as pilot:
        screen = await lab_screen(pilot)
        gap = screen.guide.region.right
        await pilot.mouse_down(offset=(gap, 5))
        await drag(pilot, gap + 10, 5)
        await pilot.mouse_up(offset=(gap + 10, 5))
        await until(pilot, lambda: screen.guide.region.right == gap + 10)
        top = screen.wire.region.y
        await pilot.mouse_down(offset=(gap + 20, top))
        await drag(pilot, gap + 20, top - 3)
        await pilot.mouse_up(offset=(gap + 20, top - 3))
        await until(pilot, lambda: abs(screen.wire.region.y - top + 3) <= 1)
        let_go = screen.wire.region.y
        await drag(pilot, gap + 20, top + 3)
        await pilot.pause()
        assert screen.wire.region.y == let_go


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_terminals_share_their_room_as_one_likes(
    workbench: NetlabApp, desk: Desk, size: tuple[int, int]
) -> None:
    async with workbench.run_test(size=size) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to_terminal("client")
        await pilot.pause()
        server, client = screen.terminals
        before = (server.region, client.region)
        await pilot.press(*(["alt+right"] * 3 if size == NORMAL else ["alt+down"] * 3))
        await until(pilot, lambda: server.region.area > before[0].area and client.region.area < before[1].area)
        x, y = (server.region.right, server.region.y + 2) if size == NORMAL else (client.region.x + 5, client.region.y)
        await pilot.mouse_down(offset=(x, y))
        to = (x - 10, y) if size == NORMAL else (x, y - 4)
        await drag(pilot, *to)
        await pilot.mouse_up(offset=to)
        await until(pilot, lambda: server.region.area < before[0].area)
        kept = server.region
    async with NetlabApp(desk, "chat-server").run_test(size=size) as pilot:
        screen = await lab_screen(pilot)
        await until(pilot, lambda: screen.terminals[0].region == kept)


async def drag(pilot: Pilot[int], x: int, y: int) -> None:
    """The mouse moves with its button down, as a terminal tells it."""
    await pilot._post_mouse_events([events.MouseMove], offset=(x, y), button=1)


async def test_no_pane_is_pushed_out_of_the_screen(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=NORMAL) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to("guide")
        await pilot.press(*["alt+left"] * 30, *["alt+up"] * 30)
        await until(pilot, lambda: screen.guide.size.width < 30)
        assert screen.guide.size.width >= 24
        assert screen.guide.size.height >= 4
        screen.arrangement.forget()
        await until(pilot, lambda: screen.guide.size.width == 38)


async def test_sizes_zoom_and_theme_are_there_again(workbench: NetlabApp, desk: Desk) -> None:
    async with workbench.run_test(size=NORMAL) as pilot:
        screen = await lab_screen(pilot)
        screen.panes.go_to("checks")
        await pilot.pause()
        await pilot.press("alt+right", "f10")
        workbench.choose_theme("netlab-light")
    again = NetlabApp(desk, "chat-server")
    async with again.run_test(size=NORMAL) as pilot:
        screen = await lab_screen(pilot)
        assert again.theme == "netlab-light"
        await until(pilot, lambda: screen.checks.size.width == 120)
        assert screen.panes.focused is screen.checks
        await pilot.press("f10")
        await until(pilot, lambda: screen.checks.size.width == 40)


async def test_a_theme_that_is_gone_is_the_usual_one(desk: Desk) -> None:
    desk.settings.put("theme", "no-such-theme")
    assert NetlabApp(desk).theme == "netlab-dark"


async def test_the_language_is_remembered(desk: Desk, workbench: NetlabApp) -> None:
    async with workbench.run_test(size=NORMAL) as pilot:
        await lab_screen(pilot)
        workbench.choose_language("zh")
        assert language() == "zh"
        assert desk.settings.get("language", "") == "zh"
    use_language("en")
