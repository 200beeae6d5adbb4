"""A new lab gets the next number, and never lies over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.courseware.course import Course, load_course
from netlab.courseware.loading import load_lab
from netlab.courseware.making import make_lab
from netlab.errors import UsageError


def test_numbers_go_on_from_what_is_there(lab_folder: Path) -> None:
    course = load_course(lab_folder.parent)
    second = make_lab(course, "good-bye", lab_folder.parent)
    assert second.name == "02-good-bye"
    assert load_lab(second).title == "Good bye"


@pytest.mark.parametrize("lab_id", ["hello", "Hello", "2fast", "a--b", "../x", ""])
def test_an_id_that_is_taken_or_none_is_refused(lab_folder: Path, lab_id: str) -> None:
    before = sorted(lab_folder.parent.iterdir())
    with pytest.raises(UsageError):
        make_lab(load_course(lab_folder.parent), lab_id, lab_folder.parent)
    assert sorted(lab_folder.parent.iterdir()) == before


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "01-mine").mkdir()
    assert make_lab(Course(tmp_path, ()), "mine", tmp_path).name == "02-mine"
