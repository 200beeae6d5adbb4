"""A fault of netlab's own: text is kept, a report is written, and a screen of ours says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.app.app import NetlabApp
from netlab.app.fault_app import FaultApp
from netlab.app.faults import Fault
from netlab.session.desk import Desk
from tests.app.conftest import lab_screen


@pytest.fixture(autouse=True)
def state(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLAB_DATA", str(work / "data"))


async def test_a_fault_keeps_what_was_typed_and_writes_a_report(workbench: NetlabApp, desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the app raises as it is left
        async with workbench.run_test(size=(120, 40)) as pilot:
            screen = await lab_screen(pilot)
            await pilot.press("h", "i")
            screen.call_later(lambda: 1 // 0)
            await pilot.pause()
    fault = workbench.fault
    assert fault is not None
    assert fault.kept == ("server.py",)
    assert fault.report is not None
    assert "ZeroDivisionError" in fault.report.read_text()
    assert desk.session("chat-server").unsaved.kept()["server.py"].startswith('hi"""')


@pytest.mark.parametrize(("key", "again"), [("enter", True), ("escape", False)])
async def test_the_screen_says_what_to_report_and_leads_back(key: str, again: bool) -> None:
    app = FaultApp(Fault("KeyError: [red]'port'\x1b[2J", Path("/somewhere/fault-1.txt"), ("server.py", "client.py")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        for part in ("netlab made a mistake", "[red]'port'\u241b[2J", "/somewhere/fault-1.txt", "server.py"):
            assert part in text
        await pilot.press(key)
    assert app.return_value is again


def test_a_report_that_could_not_be_written_is_said() -> None:
    assert "could not be written" in FaultApp(Fault("KeyError", None, ())).text
