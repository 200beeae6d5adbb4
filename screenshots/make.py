"""Takes the pictures of this folder from a real run of the workbench: `python screenshots/make.py`.

Opens the chat server on a private network, plays its first scene with the lab's solution, checks it with one mistake
left in, and saves each screen as SVG and, where rsvg-convert is there, as PNG. Then the story of every lab, as PNG:
see `stories.py`. With names of labs behind it, it makes their stories alone.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import stories  # noqa: E402
from rich.cells import cell_len  # noqa: E402 - the project is not installed where this is run from
from textual.pilot import Pilot  # noqa: E402

from netlab.app.app import NetlabApp  # noqa: E402
from netlab.app.screens.lab import LabScreen  # noqa: E402
from netlab.courseware.course import load_course  # noqa: E402
from netlab.network.entering import inside_command, is_inside, probe  # noqa: E402
from netlab.processes.spawning import run  # noqa: E402
from netlab.progress.store import Progress  # noqa: E402
from netlab.session.desk import Desk  # noqa: E402

PATIENCE = 60.0
_TEXT = re.compile(r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
_CELL = 12.2


async def take_all() -> None:
    """Every picture, one after another."""
    await take("home", (100, 30), None, "en")
    for name, size, language in (
        ("lab", (160, 45), "en"),
        ("lab-120x40", (120, 40), "en"),
        ("lab-80x24", (80, 24), "en"),
        ("lab-zh", (160, 45), "zh"),
    ):
        await take(name, size, "chat-server", language)
    await take_stories([head.id for head in load_course().heads])


async def take_stories(lab_ids: list[str]) -> None:
    """Those of some labs."""
    for lab_id in lab_ids:
        await take_story(lab_id)


async def take_story(lab_id: str) -> None:
    """The pictures of one lab, from a desk where nothing was done yet."""
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        course, progress = load_course(), Progress.in_memory()
        lab = course.find(lab_id)
        app = NetlabApp(Desk(course, progress, Path(work) / "data"), lab_id, language="en")

        def take_picture(name: str) -> None:
            picture = app.export_screenshot(title=f"netlab  {lab.folder_name}")
            draw(picture, stories.place_of(HERE, lab, name).with_suffix(".png"), zoom=0.7)

        async with app.run_test(size=stories.SIZE) as pilot:
            await stories.tell(pilot, _until, take_picture)
        os.chdir(HERE)
        progress.close()


async def take(name: str, size: tuple[int, int], lab: str | None, language: str) -> None:
    """One picture, from a fresh desk."""
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        course, progress = load_course(), Progress.in_memory()
        folder = Path(work) / "netlab-work" / "02-chat-server"
        shutil.copytree(course.find("chat-server").solution_folder, folder)
        server = folder / "server.py"
        server.write_text(server.read_text().replace("except ConnectionError", "except TimeoutError"))
        progress.record_attempts("chat-server", "1", [("listens", "passed"), ("shows-message", "passed")])
        app = NetlabApp(Desk(course, progress, Path(work) / "data"), lab, language=language)
        async with app.run_test(size=size) as pilot:
            await (_work_in_lab(pilot) if lab else _look_at_course(pilot))
            write(name, app.export_screenshot(title="netlab"))
        os.chdir(HERE)
        progress.close()


async def _look_at_course(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.pause(0.5)


async def _work_in_lab(pilot: Pilot[int]) -> None:
    await _until(pilot, lambda: isinstance(pilot.app.screen, LabScreen) and pilot.app.screen.filled)
    screen = pilot.app.screen
    assert isinstance(screen, LabScreen)
    screen.play(screen.session.lab.scenes[0])
    await _until(pilot, lambda: "client" in [p.terminal for p in screen.terminals if p.state.endswith(" 0")])
    screen.action_check()
    await _until(pilot, lambda: screen.session.checks.checking)
    await _until(pilot, lambda: not screen.session.checks.checking)
    if not screen.panes.side_by_side:
        screen.panes.go_to("wire")
    await pilot.pause()


async def _until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await pilot.pause()


def write(name: str, svg: str) -> None:
    """The picture as SVG and PNG."""
    path = HERE / f"{name}.svg"
    path.write_text(svg, "utf-8")
    draw(svg, path.with_suffix(".png"))


def draw(svg: str, path: Path, zoom: float = 1.0) -> None:
    """The picture as PNG, where there is something that can draw it."""
    if shutil.which("rsvg-convert"):
        plain = _TEXT.sub(_word_by_word, svg)
        run(["rsvg-convert", "--zoom", str(zoom), "--output", str(path)], input=plain.encode(), timeout=30)


def _word_by_word(match: re.Match[str]) -> str:
    """Each word at its own cell: rsvg knows no textLength, and blanks of another font would move what follows."""
    style, x, y, _, others, content = match.groups()
    text, at, words = html.unescape(content).replace("\xa0", " "), float(x), []
    for piece in re.findall(r" +|[\x21-\x7e]+|.", text):
        if piece.strip():
            words.append(f'<text class="{style}" x="{at:.1f}" y="{y}"{others}>{html.escape(piece)}</text>')
        at += cell_len(piece) * _CELL
    return "".join(words)


def main() -> None:
    """Enters namespaces of its own first."""
    if not is_inside() and probe().private:
        again = inside_command([sys.executable, __file__, *sys.argv[1:]])
        os.execvp(again[0], again)
    asyncio.run(take_stories(sys.argv[1:]) if sys.argv[1:] else take_all())


if __name__ == "__main__":
    main()
