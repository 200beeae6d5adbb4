"""A guide's steps: which is open, which are done."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from netlab.courseware.guide import GuideStep
from netlab.session.settings import Settings
from netlab.session.steps import GuideMarks

PLAIN = GuideStep("step-1", "Run it", "Press F5.")
NAMING = GuideStep("step-2", "Two", "See `ends-on-88`, then `listens`. `recv` and `no-such` are no checkpoints.")
STEPS = (PLAIN, NAMING)


@pytest.fixture
def passed() -> set[str]:
    return set()


@pytest.fixture
def marks(tmp_path: Path, passed: set[str]) -> GuideMarks:
    return GuideMarks(load_course().find("chat-server"), Settings(tmp_path), lambda: passed)


def test_a_step_names_checkpoints_in_the_labs_order(marks: GuideMarks) -> None:
    assert marks.named(NAMING) == ["listens", "ends-on-88"]
    assert marks.named(PLAIN) == []


def test_a_step_is_done_when_all_that_it_names_have_passed(marks: GuideMarks, passed: set[str]) -> None:
    passed.add("listens")
    assert not marks.done(NAMING)
    passed.add("ends-on-88")
    assert marks.done(NAMING)
    assert not marks.done(PLAIN)


def test_the_learner_has_the_last_word(marks: GuideMarks, passed: set[str]) -> None:
    marks.toggle(PLAIN)
    marks.toggle(NAMING)
    assert [marks.done(step) for step in STEPS] == [True, True]
    marks.toggle(NAMING)
    passed.update({"listens", "ends-on-88"})
    assert marks.done(NAMING)
    marks.toggle(NAMING)
    assert not marks.done(NAMING)


def test_the_next_netlab_opens_the_same_step_with_the_same_ticks(marks: GuideMarks, tmp_path: Path) -> None:
    assert marks.place(STEPS) == 0
    marks.toggle(PLAIN)
    marks.turned(NAMING)
    again = GuideMarks(load_course().find("chat-server"), Settings(tmp_path), set)
    assert again.place(STEPS) == 1
    assert again.done(PLAIN)
    assert again.place((PLAIN,)) == 0
