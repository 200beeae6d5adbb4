"""`netlab solution`: after a pass, or when the learner insists. That it was shown is remembered."""

from __future__ import annotations

import click

from netlab.cli.asking import confirmed
from netlab.cli.common import lab_argument, language_option, progress, yes_option
from netlab.cli.output import emit, paint
from netlab.courseware.course import load_course
from netlab.courseware.folders import files_of
from netlab.courseware.model import Lab


@click.command("solution")
@lab_argument()
@yes_option
@language_option
def command(lab: str, yes: bool) -> None:
    """The solution of a lab. Seeing it is recorded, and is not passing."""
    found = load_course().find(lab)
    with progress() as kept:
        if not (yes or _earned(found, kept.passed(found.id))):
            emit("Nothing was shown.")
            return
        kept.record_reveal(found.id, "solution", "")
    _show(found)


def _earned(lab: Lab, passed: frozenset[str]) -> bool:
    scored = [checkpoint.id for checkpoint in lab.checkpoints if checkpoint.scored]
    done = len(passed.intersection(scored))
    return done == len(scored) or confirmed(
        f"You have passed {done} of {len(scored)} checkpoints of {lab.id}. Show the solution all the same?"
    )


def _show(lab: Lab) -> None:
    for n, file in enumerate(files_of(lab.solution_folder)):
        emit(("\n" if n else "") + paint(f"# --- {file} ---", "bold"))
        emit((lab.solution_folder / file).read_text("utf-8", errors="replace").rstrip("\n"))
