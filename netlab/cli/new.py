"""`netlab new`: a new lab, laid out so that it already proves."""

from __future__ import annotations

import os
from pathlib import Path

import click

from netlab.cli.common import language_option
from netlab.cli.output import emit, paint
from netlab.courseware.course import Course, load_course
from netlab.courseware.folders import files_of, near
from netlab.courseware.making import make_lab


@click.command("new")
@click.argument("lab_id", metavar="ID")
@click.option("--dir", "parent", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Where its folder goes (else the labs/ of a checkout, else here).")  # fmt: skip
@language_option
def command(lab_id: str, parent: Path | None) -> None:
    """Lay out a new lab: small, whole, and already proving. Then make it yours, file by file."""
    course = load_course()
    folder = make_lab(course, lab_id, (parent or _parent(course)).absolute())
    emit(f"{paint(near(folder), 'bold')} has:")
    for file in files_of(folder):
        emit(f"  {file}")
    emit(f"Show that it proves: netlab prove {_name(course, folder)}")


def _parent(course: Course) -> Path:
    """A checkout's labs/ where one can write there; never inside an installed package."""
    checkout = course.folder.name == "labs" and os.access(course.folder, os.W_OK)
    return course.folder if checkout else Path.cwd()


def _name(course: Course, folder: Path) -> str:
    """How `prove` is told: by id in the course, else by a path with a slash."""
    if folder.parent == course.folder:
        return folder.name[3:]
    shown = near(folder)
    return shown if "/" in shown else f"./{shown}"
