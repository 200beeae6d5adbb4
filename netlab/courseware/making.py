"""A new lab from the template: small, whole, and already proving."""

from __future__ import annotations

import re
from pathlib import Path

from netlab.courseware.course import Course
from netlab.courseware.folders import files_of, near, written_in
from netlab.errors import UsageError

TEMPLATE = Path(__file__).with_name("template")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def make_lab(course: Course, lab_id: str, parent: Path) -> Path:
    """Lays out `NN-id` in the parent, with the next free number, and returns it. Raises UsageError, writing nothing."""
    if not _ID.fullmatch(lab_id):
        raise UsageError(f'"{lab_id}" is no id for a lab.', "Small letters, digits and single hyphens, a letter first.")
    if lab_id in {head.id for head in course.heads}:
        raise UsageError(f'There is a lab "{lab_id}" already.')
    number = _free_number(course, parent)
    folder = parent / f"{number:02d}-{lab_id}"
    if folder.exists():
        raise UsageError(f"{near(folder)} is already there.")
    _fill(folder, {"@ID@": lab_id, "@NUMBER@": str(number), "@TITLE@": lab_id.replace("-", " ").capitalize()})
    return folder


def _free_number(course: Course, parent: Path) -> int:
    taken = {head.number for head in course.heads}
    taken |= {int(path.name[:2]) for path in parent.glob("[0-9][0-9]-*")}
    number = max(taken, default=0) + 1
    if number > 99:
        raise UsageError("There are 99 labs already.")
    return number


def _fill(folder: Path, words: dict[str, str]) -> None:
    for file in files_of(TEMPLATE):
        text = (TEMPLATE / file).read_text("utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        with written_in(folder):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, "utf-8")
