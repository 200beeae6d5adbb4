"""A small lab of one's own, made from the template, to break in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from netlab.courseware.course import Course
from netlab.courseware.making import make_lab

Edit = Callable[[str, str], None]


@pytest.fixture
def lab_folder(tmp_path: Path) -> Path:
    """`labs/01-hello`, whole and valid."""
    return make_lab(Course(tmp_path / "labs", ()), "hello", tmp_path / "labs")


@pytest.fixture
def edit(lab_folder: Path) -> Edit:
    """Replaces one text in the lab's lab.toml."""

    def replace(old: str, new: str) -> None:
        file = lab_folder / "lab.toml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return replace
