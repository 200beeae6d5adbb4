"""How late the workbench is painted, beside bare Textual apps: `python -m tests.benchmarks.painting [ROUNDS]`.

The shell of `netlab` beside an app of a header and a footer; the whole lab screen, all its panes filled, beside an app
of the same widgets with nothing behind them (`hollow`). From the start of the process until the words of every pane
stand on a terminal; medians of runs that take turns. The workbench is started as a user does: `netlab` finds out what
the machine gives, and enters it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks.driving import driven, settle

BARE = """
from textual.app import App
from textual.widgets import Footer, Header

class Bare(App):
    TITLE = "bare app of a header and a footer"
    def compose(self):
        yield Header()
        yield Footer()

Bare().run()
"""


class Contender(NamedTuple):
    """Somebody who paints."""

    argv: list[str]
    words: tuple[bytes, ...]
    """What its screen shows when it is there."""
    beside: str = ""
    """Whom it is measured by."""
    aim: str = ""


NETLAB = str(Path(sys.executable).with_name("netlab"))
PANES = (b"client after another", b"Two people", b"shows-message", b"10.0.0.2", b"10.0.0.1", b"Wire")
"""Of the code, the guide, the checkpoints, both terminals and the wire."""
CONTENDERS = {
    "a header and a footer": Contender([sys.executable, "-c", BARE], (b"bare app",)),
    "netlab": Contender([NETLAB], (b"Real hosts",), "a header and a footer", "1.5"),
    "the lab screen's widgets": Contender([sys.executable, "-m", "tests.benchmarks.hollow"], PANES),
    "netlab chat-server": Contender([NETLAB, "chat-server"], PANES, "the lab screen's widgets", "1.3"),
}


def painted_after(contender: Contender, folder: Path) -> float:
    """Seconds from the start until all its words are on the terminal."""
    with driven(contender.argv, folder, (120, 40)) as one:
        return (one.until(*contender.words) - one.started) / 1e9


def main() -> None:
    """Everybody in turn, so that the machine's moods are shared."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder))
        for _ in range(rounds + 1):
            for name, contender in CONTENDERS.items():
                times[name].append(painted_after(contender, Path(folder)))
    medians = {name: median(taken[1:]) for name, taken in times.items()}  # the first round warms the caches
    for name, contender in CONTENDERS.items():
        ratio = medians[name] / medians[contender.beside] if contender.beside else 1.0
        aim = f"at most {contender.aim}" if contender.aim else ""
        print(f"{name:<26} {medians[name] * 1000:6.0f} ms   {ratio:4.2f} times as late   {aim}".rstrip())


if __name__ == "__main__":
    main()
