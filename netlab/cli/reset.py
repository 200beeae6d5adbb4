"""`netlab reset`: a lab from its starter again, with what there was kept beside it."""

from __future__ import annotations

from pathlib import Path

import click

from netlab.cli.asking import confirmed
from netlab.cli.common import folder_option, lab_argument, language_option, progress, yes_option
from netlab.cli.output import emit
from netlab.courseware.course import load_course
from netlab.courseware.folders import existing_folder, near, start_over


@click.command("reset")
@lab_argument()
@folder_option
@yes_option
@language_option
def command(lab: str, directory: Path | None, yes: bool) -> None:
    """Start a lab over. What your folder holds is moved into a new folder beside it, and nothing is lost."""
    found = load_course().find(lab)
    folder = existing_folder(found, directory)
    if not (yes or confirmed(f"Start {found.id} over in {near(folder)}?")):
        emit("Nothing was changed.")
        return
    kept_in = start_over(found, folder)
    with progress() as kept:
        kept.remember_folder(found.id, folder)
    emit(f"{near(folder)} is the starter again. What was there is in {near(kept_in)}.")
