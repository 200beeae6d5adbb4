"""`netlab watch`: checks again at every save, until Ctrl-C."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import click

from netlab.checking.runner import TIMEOUT
from netlab.cli.check import How, check_lab
from netlab.cli.common import (
    folder_option,
    found_folder,
    lab_argument,
    language,
    language_option,
    network_or_refusal,
    progress,
)
from netlab.cli.diagnostics import complain
from netlab.cli.output import emit, paint
from netlab.cli.telling import Teller
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab
from netlab.courseware.validation import check_files
from netlab.errors import NetlabError
from netlab.progress.store import Progress
from netlab.session.folder import SUFFIXES
from netlab.session.watching import FolderWatch


@click.command("watch")
@lab_argument()
@folder_option
@language_option
@click.pass_context
def command(ctx: click.Context, lab: str, directory: Path | None) -> None:
    """Check again at every save. Ctrl-C ends it."""
    found = load_course().find(lab)
    check_files(found)
    with progress() as kept:
        folder = found_folder(found, directory, kept)
        watcher = Watcher(found, folder, kept, language(ctx))
        asyncio.run(watcher.run())


class Watcher:
    """One check at a time, of the files as they are now: a save ends the check before it."""

    def __init__(self, lab: Lab, folder: Path, kept: Progress, reads: str) -> None:
        self._lab = lab
        self._folder = folder
        self._kept = kept
        self._language = reads
        self._how = How((), None, TIMEOUT, None, network_or_refusal())

    async def run(self) -> None:
        """Until it is cancelled; then nothing is left running."""
        saves: asyncio.Queue[set[str]] = asyncio.Queue()
        watching = asyncio.create_task(FolderWatch(self._folder, SUFFIXES).run(saves.put_nowait))
        checking = asyncio.create_task(self._check())
        try:
            while True:
                names = await saves.get()
                await _end(checking)
                self._tell_saved(names)
                checking = asyncio.create_task(self._check())
        finally:
            watching.cancel()
            await _end(checking)

    async def _check(self) -> None:
        try:
            await check_lab(self._lab, self._folder, self._how, self._kept, Teller(self._lab, self._language))
        except NetlabError as error:
            complain(error.message, error.remedy)
        emit(paint("Watching; save to check again, Ctrl-C to end.", "dim"))

    def _tell_saved(self, names: set[str]) -> None:
        line = f"--- {datetime.now().astimezone():%H:%M:%S} {', '.join(sorted(names))} ---"
        emit("\n" + paint(line, "blue"))


async def _end(task: asyncio.Task[None]) -> None:
    """Cancels the task and waits for its end; raises what went wrong in it."""
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled() and (error := task.exception()):
        raise error
