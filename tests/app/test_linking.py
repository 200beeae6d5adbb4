"""Code meets wire, from the saved run: a row is chosen, its calls are marked, its frame opens, the states are drawn."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from netlab.app.app import NetlabApp
from netlab.app.linemarks import LineMark, MarkKind, linked_marks, waiting_marks
from netlab.app.screens.frame import FrameScreen
from netlab.app.screens.lab import LabScreen
from netlab.app.screens.states import StatesScreen
from netlab.app.widgets.editor import Editor
from netlab.app.widgets.ladder import LadderView
from netlab.courseware.course import load_course
from netlab.record.calls import Call, Links
from netlab.record.events import CallEntered
from netlab.record.saving import open_record
from tests.app.conftest import lab_screen, shown, until
from tests.app.remake_record import RECORD

SIZE = (120, 40)
SECOND = 1_000_000_000


@pytest.fixture(autouse=True)
def solved(folder: Path) -> None:
    """The learner's files are those that the saved run ran."""
    shutil.copytree(load_course().find("chat-server").solution_folder, folder)


async def at_the_wire(pilot: Pilot[int]) -> tuple[LabScreen, LadderView]:
    """The saved run is shown, and the wire has the focus."""
    screen = await lab_screen(pilot)
    await screen.session.run.show(open_record(RECORD))
    await until(pilot, lambda: screen.wire.state)
    screen.panes.go_to("wire")
    view = screen.query_one(LadderView)
    await until(pilot, lambda: view.has_focus)
    return screen, view


def line_with(app: NetlabApp, *words: str) -> bool:
    return any(all(word in line for word in words) for line in shown(app).splitlines())


async def test_a_chosen_frame_marks_its_calls_on_the_wire_and_in_both_files(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await at_the_wire(pilot)
        screen.wire.go_to_frame(4)
        await until(pilot, lambda: line_with(workbench, "connection.recv(LONGEST_MESSAGE)", "<- woken by frame 4"))
        assert line_with(workbench, "\u25b8", " 4 |-PSH,ACK")
        assert line_with(workbench, "*", "client.py:22 sendall(")
        assert view.has_focus
        await screen.code.show_mark("client.py", 22)
        await until(pilot, lambda: line_with(workbench, "connection.sendall", "<- sends frame 4"))
        await pilot.press("escape")
        await until(pilot, lambda: "<- sends" not in shown(workbench))
        assert "*" not in [line[39:40] for line in shown(workbench).splitlines()]


async def test_a_chosen_call_marks_its_frames_and_its_file_comes_to_the_front(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, view = await at_the_wire(pilot)
        assert view.ladder is not None
        await pilot.press("home", *["down"] * 12)
        assert view.chosen is not None
        assert view.chosen.calls
        await until(pilot, lambda: line_with(workbench, "connection.sendall", "<- sends frame 4"))
        assert screen.code.front == "client.py"
        assert line_with(workbench, "*", " 4 |-PSH,ACK")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, Editor))
        assert screen.code.editor("client.py").cursor_location == (21, 0)  # type: ignore[union-attr]


async def test_rows_are_chosen_by_keys_and_by_the_mouse(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        _, view = await at_the_wire(pilot)
        await pilot.press("up")
        last = view.chosen
        assert last is not None
        assert "server ended" in last.text
        await pilot.press("home")
        assert view.chosen is not None
        assert "server started" in view.chosen.text
        await pilot.press("pagedown", "pageup", "down", "up")
        assert "server started" in view.chosen.text
        await pilot.press("end")
        assert view.follows
        await until(pilot, lambda: view.chosen is None)
        await pilot.click(view, offset=(10, 2))
        assert view.chosen is not None


async def test_a_frame_opens_field_by_field(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen, _ = await at_the_wire(pilot)
        screen.wire.go_to_frame(4)
        await pilot.press("enter")
        await until(pilot, lambda: "- TCP  35270 > 7788 PSH,ACK" in shown(workbench))
        assert "Frame 4 of 17" in shown(workbench)
        await pilot.press(*["down"] * 3)
        await until(pilot, lambda: "on the wire 414053103" in shown(workbench))
        for words in ("sequence number  1", "[18 ad]", "[f2 ef]", "bytes 38 to 41", "first byte of this segment",
                      "caused by client.py:22 sendall()", "woke server.py:21 recv()"):  # fmt: skip
            assert words in shown(workbench), words
        await pilot.press("right")
        await until(pilot, lambda: "Frame 5 of 17" in shown(workbench))
        assert "sequence number  22" in shown(workbench) or "sequence number  1" in shown(workbench)
        assert "sent by the kernel itself" in shown(workbench)
        await pilot.press("escape")
        await until(pilot, lambda: workbench.screen is screen)
        assert screen.wire.chosen is not None
        assert screen.wire.chosen.frame == 5


async def test_a_clicked_byte_leads_to_its_field(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen, _ = await at_the_wire(pilot)
        screen.linking.open_frame(4)
        await until(pilot, lambda: isinstance(workbench.screen, FrameScreen) and "- TCP" in shown(workbench))
        await pilot.click("HexView", offset=(1 + 6 + 3 * 6, 2))
        await until(pilot, lambda: "time to live  64 hops" in shown(workbench))
        assert "- IPv4" in shown(workbench)
        await pilot.press("enter")
        await until(pilot, lambda: "+ IPv4" in shown(workbench))


async def test_the_states_of_both_ends_now_and_before(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        await at_the_wire(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: "#C  TIME-WAIT   #" in shown(workbench))
        assert "connection 1 of 1" in shown(workbench)
        await pilot.press("left", "left", "left")
        await until(pilot, lambda: "change 9 of 11" in shown(workbench))
        assert "#C FIN-WAIT-2   #" in shown(workbench)
        await pilot.press("end", "escape")
        await until(pilot, lambda: not isinstance(workbench.screen, StatesScreen))


async def test_the_states_before_anything_ran(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        await lab_screen(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: "No TCP connection has been on the wire yet." in shown(workbench))


def call(line: int = 9, *, program: str = "server", thread: int = 1, at: int = 0, function: str = "recv") -> Call:
    return Call(
        CallEntered(at, program, program, 1, thread, f"{thread}.{at}", function, "chat.py", line, "main", "")
    )  # fmt: skip


def test_a_line_says_who_waits_there_and_how_long() -> None:
    def texts(*calls: Call) -> list[str]:
        return [mark.text for mark in waiting_marks(calls, 4 * SECOND).get("chat.py", ())]

    assert texts(call(function="accept")) == ["<- accept() 4 s"]
    assert texts(call(at=4 * SECOND - 1)) == []
    assert texts(call(), call(thread=2, at=SECOND), call(12, thread=3)) == ["<- recv() 4 s, 2 threads", "<- recv() 4 s"]
    assert texts(call(), call(program="client-2")) == ["<- server: recv() 4 s", "<- client-2: recv() 4 s"]


def test_a_line_says_which_frames_its_call_has_to_do_with() -> None:
    marks = linked_marks([(call(), Links(3, 4)), (call(12), Links())])
    assert marks["chat.py"] == (
        LineMark(9, "<- sends frame 3  <- woken by frame 4", MarkKind.LINKED),
        LineMark(12, "<- chosen below", MarkKind.LINKED),
    )


async def test_a_waiting_line_comes_into_sight_unless_somebody_works_there(workbench: NetlabApp) -> None:
    async with workbench.run_test(size=SIZE) as pilot:
        screen, _ = await at_the_wire(pilot)
        screen.panes.go_to("code")
        await until(pilot, lambda: isinstance(screen.focused, Editor))
        screen.code.mark_lines({"server.py": (LineMark(37, "<- accept() 4 s", MarkKind.WAITS),)})
        await until(pilot, lambda: "server.py <-37" in shown(workbench))
        assert "<- accept() 4 s" not in shown(workbench)
        screen.panes.go_to("wire")
        await until(pilot, lambda: line_with(workbench, "listening.accept()", "<- accept() 4 s"))
