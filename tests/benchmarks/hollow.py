"""The lab screen's widgets with nothing behind them, for `painting`: no session, no folder, no progress, no network.

    python -m tests.benchmarks.hollow

The same panes in the same layout and colours, with the same words in them, in an app that has nothing else.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen

import netlab.app
from netlab.app import themes
from netlab.app.keys import bindings
from netlab.app.widgets.checks import ChecksPane
from netlab.app.widgets.code import CodePane
from netlab.app.widgets.guide import GuidePane
from netlab.app.widgets.headline import Headline
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.pane import Pane
from netlab.app.widgets.tabline import TabLine
from netlab.app.widgets.terminal_pane import TerminalPane
from netlab.app.widgets.wire import WirePane
from netlab.courseware.guide import parse_guide
from netlab.courseware.model import CheckpointModel

LAB = Path(netlab.app.__file__).parents[2] / "labs" / "02-chat-server"
STYLES = Path(netlab.app.__file__).parent


def nothing(*arguments: object) -> None:
    """What is asked of a session that is not there."""


def _models() -> list[CheckpointModel]:
    """The checkpoints as the list shows them."""
    found = tomllib.loads((LAB / "lab.toml").read_text())["checkpoints"]
    return [CheckpointModel(one["id"], one["title"], one["title_zh"], 1, True, "", "", "", False) for one in found]


def hollow_session() -> Any:
    """Whatever a pane asks of a session, answered without one."""
    programs = [SimpleNamespace(name=name) for name in ("server", "client")]
    lab = SimpleNamespace(programs=programs, checkpoints=_models(), predictions=())
    run = SimpleNamespace(program=nothing)
    return SimpleNamespace(lab=lab, run=run, resize=nothing, type=nothing)


class LabScreen(Screen[None]):
    """Named as the screen whose style sheet it wears."""

    BINDINGS: ClassVar = bindings("lab")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (150, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - declared so by Textual
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        session: Any = hollow_session()
        marks: Any = SimpleNamespace(
            place=lambda steps: 0, done=lambda step: False, passed=set, named=lambda step: [], turned=nothing
        )
        checks: Any = SimpleNamespace(passed_ids=set, results={}, record_of=nothing, predictions={})
        predictions: Any = SimpleNamespace(given={})
        files: Any = SimpleNamespace(read=lambda name: (LAB / "starter" / name).read_text())
        yield Headline()
        yield TabLine()
        with Horizontal(id="lab-body"):
            with Vertical(id="side"):
                yield GuidePane(parse_guide((LAB / "guide.md").read_text(), "Chat server"), marks)
                yield ChecksPane(session.lab, checks, predictions)
            with Container(id="work"):
                yield CodePane(files, ["server.py", "client.py"])
                with Horizontal(id="programs"):
                    for name, address in (("server", "10.0.0.2"), ("client", "10.0.0.1")):
                        host: Any = SimpleNamespace(name=name, address=address)
                        yield TerminalPane(session, name, host, f"{name}.py")
                yield WirePane(private=True)
        yield KeyBar()

    async def on_mount(self) -> None:
        for pane in self.query(Pane):
            await pane.fill()


class Hollow(App[None]):
    """Nothing but that screen."""

    CSS_PATH: ClassVar = [STYLES / "app.tcss", STYLES / "screens" / "lab.tcss"]

    def __init__(self) -> None:
        super().__init__()
        for ours in themes.OURS:
            self.register_theme(ours)
        self.theme = themes.DARK.name

    def get_default_screen(self) -> Screen[Any]:
        return LabScreen()

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = themes.completed(super().get_css_variables())
        return self.theme_variables


if __name__ == "__main__":
    Hollow().run()
