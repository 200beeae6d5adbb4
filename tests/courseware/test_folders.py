"""The learner's folder: laid out once, never overwritten, started over without a loss."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from netlab.courseware.folders import existing_folder, lay_out, start_over, work_folder
from netlab.courseware.loading import load_lab
from netlab.courseware.model import Lab
from netlab.errors import UsageError

NOON = datetime(2030, 1, 2, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def lab(lab_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lab:
    monkeypatch.chdir(tmp_path)
    return load_lab(lab_folder)


def test_the_usual_folder_is_below_netlab_work(lab: Lab, tmp_path: Path) -> None:
    assert work_folder(lab) == tmp_path / "netlab-work" / "01-hello"
    assert work_folder(lab, Path("mine")) == tmp_path / "mine"


def test_the_starter_is_laid_out(lab: Lab) -> None:
    folder = work_folder(lab)
    assert lay_out(lab, folder) == [folder / "server.py"]
    assert (folder / "server.py").read_text() == (lab.starter_folder / "server.py").read_text()


def test_nothing_is_overwritten_and_the_error_says_what_is_there(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("mine")
    with pytest.raises(UsageError, match=r"already has server\.py; nothing was changed"):
        lay_out(lab, tmp_path)
    assert (tmp_path / "server.py").read_text() == "mine"


def test_a_file_in_the_way_is_said(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "netlab-work").write_text("a file, where the folder should be")
    with pytest.raises(UsageError, match=r"netlab-work/01-hello cannot be written: Not a directory\."):
        lay_out(lab, work_folder(lab))


def test_other_files_may_be_there(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    lay_out(lab, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_link_to_nowhere_counts_as_there(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "server.py").symlink_to("gone.py")
    with pytest.raises(UsageError, match=r"already has server\.py"):
        lay_out(lab, tmp_path)


def test_a_file_is_no_folder(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        lay_out(lab, tmp_path / "file")


def test_starting_over_keeps_everything(lab: Lab) -> None:
    folder = work_folder(lab)
    lay_out(lab, folder)
    (folder / "server.py").write_text("mine")
    (folder / ".git").mkdir()
    kept = start_over(lab, folder, NOON)
    assert kept.name == "01-hello.before-reset-20300102-120000"
    assert (kept / "server.py").read_text() == "mine"
    assert (folder / "server.py").read_text() == (lab.starter_folder / "server.py").read_text()
    assert (folder / ".git").is_dir(), "what begins with a dot is not the lab's"


def test_starting_over_twice_in_a_second_keeps_both(lab: Lab) -> None:
    folder = work_folder(lab)
    lay_out(lab, folder)
    assert start_over(lab, folder, NOON) != start_over(lab, folder, NOON)


def test_a_missing_folder_comes_with_the_command_that_makes_it(lab: Lab) -> None:
    with pytest.raises(UsageError, match="netlab start hello --dir mine"):
        existing_folder(lab, Path("mine"))
