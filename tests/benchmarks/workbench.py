"""The workbench at work, driven through a pseudo-terminal: `python -m tests.benchmarks.workbench [flood|scroll|idle]`.

flood   keys typed into the editor while a program floods its terminal and the wire carries 20,000 frames/s
scroll  pages of a record of a million frames, opened in the lab
idle    a scene has been played, its programs wait for somebody to type

The aims (issue 4): a key reaches its handler within 20 ms and the screen within 60 ms (99th percentile), and the flood
gets 5 MB/s through; 30 frames a second; under 2 % of a core.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from netlab.network.entering import inside_command
from tests.benchmarks import flooding
from tests.benchmarks.driving import LONGEST, Driven, driven, family, processor_seconds, settle
from tests.benchmarks.records import make

SIZE = (160, 45)
KEYS = 300
BETWEEN = 0.05
"""Seconds between two keys: somebody who types fast."""
LINE = 20
"""Keys to a line of the editor."""
FRAMES = 1_000_000
PAGES = 200
IDLE = 25.0
"""Seconds."""
F5, F10 = b"\x1b[15~", b"\x1b[21~"
ARROW = b"--"
"""What rows with frames have, and nothing else on the screen."""
HOME, END, DOWN, PAGE_UP, PAGE_DOWN = b"\x1b[H", b"\x1b[F", b"\x1b[B", b"\x1b[5~", b"\x1b[6~"
SCROLLS = (("pages back from the end", END, PAGE_UP), ("pages on", HOME, PAGE_DOWN), ("rows on", HOME, DOWN))
LETTERS = "".join(chr(code) for code in range(0x100, 0x17F) if chr(code).isalpha())
"""What no flood and no frame has: where one is painted, the key's effect is on the screen."""


def noted() -> list[str]:
    """The command that opens the lab, and notes when keys get to the editor."""
    return inside_command([sys.executable, "-P", "-m", "tests.benchmarks.noted", "chat-server"])


@contextmanager
def lab(folder: Path) -> Iterator[Driven]:
    """The lab screen, all of it painted."""
    settle(folder)
    with driven(noted(), folder, SIZE, NETLAB_NOTES=str(folder / "notes")) as bench:
        bench.until(b"Checkpoints", b"Wire")
        bench.watch(1)
        yield bench


def measure_flood(folder: Path) -> None:
    flooding.lay_out(folder)
    with lab(folder) as bench:
        bench.press(F5)
        begun = time.monotonic()
        while not all(flooding.count(folder, name)[0] for name in ("flood", "frames")):
            bench.watch(0.1)
            if time.monotonic() - begun > LONGEST:
                raise SystemExit("the programs did not start")
        bench.watch(3)
        before = taken(bench, folder)
        painted = type_keys(bench)
        tell_flood(painted, handled(folder / "notes"), before, taken(bench, folder))


def type_keys(bench: Driven) -> list[tuple[str, int, int]]:
    """Types; for each key when it was pressed, and when it was on the screen (0: never within a second)."""
    times: list[tuple[str, int, int]] = []
    chance = random.Random(1)
    for index in range(KEYS):
        letter = LETTERS[index % len(LETTERS)]
        pressed = bench.press(letter.encode())
        times.append((letter, pressed, painted(bench, letter.encode())))
        if index % LINE == LINE - 1:
            bench.press(b"\r")
        bench.watch(BETWEEN * chance.uniform(0.5, 1.5))
    return times


def painted(bench: Driven, letter: bytes) -> int:
    seen, deadline = b"", time.monotonic() + 1
    while time.monotonic() < deadline:
        seen += bench.read(0.1)
        if letter in seen:
            return time.monotonic_ns()
    return 0


def handled(notes: Path) -> list[tuple[str, int]]:
    """Letters and when they got to the editor, in the order in which they did."""
    lines = (line.split(" ") for line in notes.read_text().splitlines())
    return [(letter, int(at)) for letter, at in (line for line in lines if len(line) == 2) if letter in LETTERS]


def taken(bench: Driven, folder: Path) -> dict[str, tuple[float, int]]:
    """Counters and when they were read: bytes of the flood, frames, processor time of every process, ns."""
    now = time.monotonic_ns()
    found: dict[str, tuple[float, int]] = {name: flooding.count(folder, name) for name in ("flood", "frames")}
    for name, pid in {"workbench": bench.pid, **family(bench.pid)}.items():
        found[f"processor {name[:60]}"] = (processor_seconds(pid), now)
    found["processor (this driver)"] = (time.process_time(), now)
    return found


def tell_flood(
    painted: list[tuple[str, int, int]],
    handled: list[tuple[str, int]],
    before: dict[str, tuple[float, int]],
    after: dict[str, tuple[float, int]],
) -> None:
    to_handler = matched(painted, handled)
    to_screen = [at - pressed for _, pressed, at in painted if at]
    tell("key to its handler", percentiles(to_handler), "99 %: 20 ms")
    tell("key to the screen", percentiles(to_screen), "99 %: 60 ms")
    tell("keys that were not heard, not painted", f"{KEYS - len(to_handler)}, {KEYS - len(to_screen)}", "0, 0")
    rates = {name: rate(before[name], after[name]) for name in after if name in before}
    tell("frames on the wire", f"{rates.pop('frames'):,.0f} /s", f"{flooding.RATE:,} /s")
    tell("the flood gets through", f"{rates.pop('flood') / 1e6:.1f} MB/s", "5 MB/s")
    for name, share in sorted(rates.items(), key=lambda pair: -pair[1]):
        if share > 0.005:
            tell(f"  {name}", f"{share:.1%} of a core", "")


def matched(painted: list[tuple[str, int, int]], handled: list[tuple[str, int]]) -> list[int]:
    """Nanoseconds from each key to its handler."""
    left, found = iter(handled), []
    for letter, pressed, _ in painted:
        at = next((at for other, at in left if other == letter and at > pressed), 0)
        if at:
            found.append(at - pressed)
    return found


def rate(before: tuple[float, int], after: tuple[float, int]) -> float:
    return (after[0] - before[0]) / max((after[1] - before[1]) / 1e9, 1e-9)


def percentiles(nanoseconds: list[int]) -> str:
    """Median, 99th percentile and the longest of all."""
    ordered = sorted(nanoseconds)
    picked = {"median": median(ordered), "99 %": ordered[int(len(ordered) * 0.99)], "worst": ordered[-1]}
    return "   ".join(f"{name} {value / 1e6:.1f} ms" for name, value in picked.items())


def measure_scroll(folder: Path) -> None:
    record = make(folder, FRAMES)
    with lab(folder) as bench:
        bench.press(b"\x10")
        bench.until(b"Type a part")
        bench.press(b"Open a record")
        bench.until(b"A run that was kept")
        bench.watch(0.5)
        bench.press(b"\r")
        bench.until(b"Path of a")
        bench.press(str(record).encode() + b"\r")
        bench.until(f"{FRAMES:,} frames".encode())
        bench.watch(1)
        for room, zoom in (("beside the other panes", b""), ("on the whole screen", F10)):
            bench.press(zoom)
            bench.watch(1)
            for name, begin, key in SCROLLS:
                tell_scroll(bench, f"{name}, {room}", begin, key)


def tell_scroll(bench: Driven, name: str, begin: bytes, key: bytes) -> None:
    bench.press(begin)
    bench.watch(0.5)
    turns = [turned(bench, key) for _ in range(PAGES)]
    tell(name, f"{percentiles(turns)}   {1e9 / median(turns):.0f} a second", "30 a second")


def turned(bench: Driven, key: bytes) -> int:
    """Nanoseconds from a key until what it changed was painted to the end."""
    pressed, seen, at = bench.press(key), b"", 0
    while more := bench.read(0.006 if ARROW in seen else 1):
        seen, at = seen + more, time.monotonic_ns()
    return at - pressed


def tell(what: str, value: str, aim: str) -> None:
    """One line of the report."""
    print(f"{what:<56} {value:<68} {aim}".rstrip(), flush=True)


def measure_idle(folder: Path) -> None:
    with lab(folder) as bench:
        tell_idle(bench, "the lab is open, nothing runs")
        bench.press(F5)
        bench.until(b"SYN")
        bench.watch(3)
        tell_idle(bench, "its programs wait for a line")


def tell_idle(bench: Driven, what: str) -> None:
    bench.watch(2)
    before = {name: processor_seconds(pid) for name, pid in family(bench.pid).items()}
    workbench, began = processor_seconds(bench.pid), time.monotonic()
    painted = bench.watch(IDLE)
    seconds = time.monotonic() - began
    share = (processor_seconds(bench.pid) - workbench) / seconds
    others = sum(processor_seconds(pid) - before.get(name, 0.0) for name, pid in family(bench.pid).items()) / seconds
    tell(what, f"{share:.2%} of a core, all it started {others:.2%}, {painted:,} bytes painted", "2 %")


MEASURES: dict[str, Callable[[Path], None]] = {"flood": measure_flood, "scroll": measure_scroll, "idle": measure_idle}


def main() -> None:
    for name in sys.argv[1:] or MEASURES:
        tell(f"-- {name}", "", "")
        with tempfile.TemporaryDirectory() as folder:
            MEASURES[name](Path(folder))


if __name__ == "__main__":
    main()
