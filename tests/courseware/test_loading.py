"""A lab as it is written becomes a Lab, or a message that names file, key and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from netlab.courseware.loading import load_lab
from netlab.courseware.model import PredictionKind, StepKind
from netlab.courseware.validation import check_files
from netlab.errors import BrokenLabError, UsageError
from tests.courseware.conftest import Edit


def test_a_lab_is_read_whole(lab_folder: Path) -> None:
    lab = load_lab(lab_folder)
    assert (lab.id, lab.number, lab.folder_name, lab.port) == ("hello", 1, "01-hello", 7788)
    assert lab.program("server").arguments == ("{HOST}", "{PORT}")
    assert lab.checkpoint("greets").needs == "listens"
    assert lab.scenes[0].steps[0].kind is StepKind.START
    check_files(lab)


def test_text_comes_in_the_readers_language(lab_folder: Path) -> None:
    lab = load_lab(lab_folder)
    assert lab.text("summary", "zh") == "一个向每个来客问好的服务器。"
    assert lab.text("title", "zh") == "Hello", "where there is no translation, English"
    assert lab.hints[0].text("hint", "zh").startswith("accept")


def test_predictions_and_every_kind_of_step_are_understood(lab_folder: Path, edit: Edit) -> None:
    edit(
        "[starter]",
        """[[predictions]]
id = "who"
question = "Who notices?"
kind = "choice"
choices = ["nobody", "the client"]
choices_zh = ["没有人", "客户端"]

[[scenes]]
id = "all"
title = "All"
steps = [
    { start = "server", arguments = ["7"] }, { wait = "up", on = "server" }, { type = "hi", on = "server" },
    { interrupt = "server" }, { stop = "server" }, { end = "server" },
]

[starter]""",
    )
    lab = load_lab(lab_folder)
    assert lab.predictions[0].kind is PredictionKind.CHOICE
    assert lab.predictions[0].choice_labels("zh") == ("没有人", "客户端")
    steps = lab.scene("all").steps
    assert [step.kind for step in steps] == list(StepKind)
    assert (steps[0].arguments, steps[1].text, steps[1].program) == (("7",), "up", "server")


MISTAKES = [
    ("schema = 1", "schema = 2", "schema is 2"),
    ("schema = 1\n", "", "schema is missing"),
    ('id = "hello"', 'id = "helo"', '"01-helo"'),
    ('version = "1"', "version = 1", "version must be a text, not 1"),
    ("port = 7788", "port = 77880", "port must be from 1 to 65535"),
    ("port = 7788", "prot = 7788", "prot is not known here. Did you mean port"),
    ('needs = "listens"', 'needs = "lisens"', 'checkpoints[2].needs names "lisens"'),
    ('needs = "listens"', 'needs = "greets"', "not known here"),
    ('host = "server"', 'host = "sever"', "Did you mean server?"),
    ('listens = "tcp"', 'listens = "tpc"', 'programs[1].listens is "tpc". Did you mean tcp'),
    ('address = "10.0.0.2"', 'address = "10.0.0.1"', "for the second time"),
    ('address = "10.0.0.2"', 'address = "10.0.0"', "no IPv4 address"),
    ('file = "server.py"', 'file = "sever.py"', "which the starter does not have"),
    ('id = "greets"', 'id = "listens"', 'the second one called "listens"'),
    ('id = "greets"', 'id = "Greets all"', "Small letters"),
    ('passes = ["listens"]', 'passes = ["greets"]', 'names "greets" twice'),
    ('{ start = "server" }', '{ start = "client" }', 'names "client"'),
    ('{ start = "server" }', '{ begin = "server" }', "must do exactly one thing"),
    ('[[hints]]\ntext = "accept', '[[hints]]\ntext = 7\nx = "accept', "hints[1].text must be a text"),
    ("[starter]", "[starter", "at line"),
]


@pytest.mark.parametrize(("right", "wrong", "complaint"), MISTAKES)
def test_a_mistake_is_named_with_its_file(lab_folder: Path, edit: Edit, right: str, wrong: str, complaint: str) -> None:
    edit(right, wrong)
    with pytest.raises(BrokenLabError) as caught:
        load_lab(lab_folder)
    assert complaint in str(caught.value)
    assert "01-hello/lab.toml" in str(caught.value)


def test_checkpoints_written_in_one_line_are_refused_because_the_list_of_labs_would_miss_them(
    lab_folder: Path, edit: Edit
) -> None:
    edit('id = "greets"', '"id" = "greets"')
    with pytest.raises(BrokenLabError, match="lines of their own"):
        load_lab(lab_folder)


def test_text_that_is_not_utf8_is_named(lab_folder: Path) -> None:
    (lab_folder / "lab.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(BrokenLabError, match="byte 9 is not UTF-8"):
        load_lab(lab_folder)


def test_a_missing_file_is_named(lab_folder: Path) -> None:
    (lab_folder / "guide.md").unlink()
    with pytest.raises(BrokenLabError, match=r"01-hello/guide\.md is missing"):
        check_files(load_lab(lab_folder))


@pytest.mark.parametrize("name", ["hello", "1", "01", "01-hello"])
def test_a_lab_is_found_by_id_number_and_folder(lab_folder: Path, name: str) -> None:
    assert load_course(lab_folder.parent).find(name).id == "hello"


def test_a_lab_elsewhere_is_found_by_its_path(lab_folder: Path) -> None:
    assert load_course().find(str(lab_folder)).id == "hello"


def test_an_unknown_lab_is_answered_with_the_nearest(lab_folder: Path) -> None:
    with pytest.raises(UsageError, match=r"Did you mean hello\?"):
        load_course(lab_folder.parent).find("helo")


def test_every_lab_that_comes_with_netlab_is_whole() -> None:
    course = load_course()
    assert course.heads
    for head in course.heads:
        lab = course.find(head.id)
        check_files(lab)
        assert lab.title_zh, "a lab of ours comes in both languages"
        assert lab.summary_zh
