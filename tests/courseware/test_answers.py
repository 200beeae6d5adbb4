"""What a learner writes into answers.toml, and what is said where it cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from netlab.courseware.answers import Answer, Answers, load_answers, with_answer
from netlab.courseware.loading import load_lab
from netlab.courseware.model import Lab, PredictionKind, PredictionModel


@pytest.fixture
def asking(lab_folder: Path) -> Lab:
    """A lab with a question of each kind."""
    side = PredictionModel("side", "", "", PredictionKind.CHOICE, ("client", "server"), ("客户端", "服务器"))
    frames = PredictionModel("frames", "", "", PredictionKind.NUMBER, (), ())
    stays = PredictionModel("stays", "", "", PredictionKind.YES_NO, (), ())
    return replace(load_lab(lab_folder), predictions=(side, frames, stays))


def answers(lab: Lab, folder: Path, text: str) -> Answers:
    (folder / "answers.toml").write_text(text, "utf-8")
    return load_answers(lab, folder)


def test_no_file_is_no_answer(asking: Lab, tmp_path: Path) -> None:
    assert load_answers(asking, tmp_path) == Answers()


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ('side = "server"', {"side": "server"}),
        ('side = " Client "', {"side": "client"}),
        ('side = "服务器"', {"side": "server"}),
        ("frames = 3", {"frames": 3}),
        ("frames = 3.0", {"frames": 3}),
        ('stays = "yes"', {"stays": "yes"}),
        ("stays = false", {"stays": "no"}),
        ('stays = "否"', {"stays": "no"}),
        ("# side = 1", {}),
    ],
)
def test_answers_have_one_form(asking: Lab, tmp_path: Path, line: str, given: dict[str, Answer]) -> None:
    assert answers(asking, tmp_path, line) == Answers(given)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('side = "sever"', 'answers.toml: side is "sever". The answer is "client" or "server".'),
        ('frames = "3"', 'answers.toml: frames is "3". The answer is a number, without quotes.'),
        ("frames = true", "answers.toml: frames is true. The answer is a number."),
        ("frames = nan", "answers.toml: frames is nan. The answer is a number."),
        ("stays = 1", 'answers.toml: stays is 1. The answer is "yes" or "no".'),
        ('sides = "server"', 'prediction "sides". Did you mean side?'),
        ("stays = yes", 'answers.toml: Invalid value (at line 1, column 9). One answer a line, a word in quotes'),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_a_line(asking: Lab, tmp_path: Path, line: str, problem: str) -> None:
    found = answers(asking, tmp_path, line)
    assert problem in found.problem
    assert "\n" not in found.problem
    assert not found.given


def test_one_mistake_costs_no_other_answer(asking: Lab, tmp_path: Path) -> None:
    found = answers(asking, tmp_path, "side = 1\nframes = 2\n")
    assert found.given == {"frames": 2}
    assert "side" in found.problem


def test_a_file_in_another_encoding_is_told(asking: Lab, tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_bytes('side = "客户端"'.encode("gbk"))
    assert load_answers(asking, tmp_path).problem.startswith("answers.toml cannot be read:")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'side = "server"\n'),
        ('# first\n\n# side = "client"   # or not\nframes = 3\n', '# first\n\nside = "server"\nframes = 3\n'),
        ('side = "client"', 'side = "server"\n'),
        ("sides = 1\n", 'sides = 1\nside = "server"\n'),
    ],
)
def test_an_answer_is_written_where_it_belongs(asking: Lab, tmp_path: Path, before: str, after: str) -> None:
    written = with_answer(before, asking.predictions[0], "server")
    assert written == after
    assert answers(asking, tmp_path, written).given["side"] == "server"
