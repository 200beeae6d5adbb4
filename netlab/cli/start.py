"""`netlab start`: a lab's starter, in the learner's folder."""

from __future__ import annotations

from pathlib import Path

import click

from netlab.cli.common import folder_option, lab_argument, language, language_option, progress
from netlab.cli.output import emit, paint
from netlab.courseware.course import load_course
from netlab.courseware.folders import lay_out, near, work_folder


@click.command("start")
@lab_argument()
@folder_option
@language_option
@click.pass_context
def command(ctx: click.Context, lab: str, directory: Path | None) -> None:
    """Lay out a lab's starter in your folder. Never overwrites anything."""
    found = load_course().find(lab)
    folder = work_folder(found, directory)
    files = lay_out(found, folder)
    with progress() as kept:
        kept.remember_folder(found.id, folder)
    emit(f"{paint(found.text('title', language(ctx)), 'bold')} is laid out in {near(folder)}:")
    for file in files:
        emit(f"  {file.relative_to(folder)}")
    where = f" --dir {directory}" if directory else ""
    emit(f"Next: netlab {found.id} opens it in the workbench; netlab check {found.id}{where} runs its checkpoints.")
