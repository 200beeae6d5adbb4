"""A file is whole or unchanged, and who shares a folder can read what is put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from netlab.replacing import replace_text, replacing


@pytest.fixture
def umask() -> Iterator[None]:
    """Whatever a test sets, it is as before afterwards."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_new_file_has_what_the_umask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    os.umask(mask)
    replace_text(tmp_path / "run.svg", "一")
    assert (tmp_path / "run.svg").stat().st_mode & 0o777 == mode
    assert (tmp_path / "run.svg").read_text("utf-8") == "一"


def test_a_file_that_was_there_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    replace_text(link, "new")
    assert (real.read_text(), real.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)
    assert sorted(os.listdir(tmp_path)) == ["link", "real"]


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "file") as stream:  # noqa: PT012 - as it is written
        stream.write(b"half of the n")
        raise ZeroDivisionError
    assert (tmp_path / "file").read_text() == "old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As `--pcap >(wireshark -k -i -)` has it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writing = os.open(pipe, os.O_WRONLY)
    for path in (pipe, Path(f"/dev/fd/{writing}")):
        replace_text(path, "frames")
        assert os.read(reading, 100) == b"frames"
    for descriptor in (reading, writing):
        os.close(descriptor)
    assert pipe.is_fifo()
