"""Files are opened and saved so that no text is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from netlab.errors import UsageError
from netlab.session.folder import ChangedOnDiskError, WorkFolder


@pytest.fixture
def folder(tmp_path: Path) -> WorkFolder:
    (tmp_path / "server.py").write_text("import socket\n")
    (tmp_path / "client.py").write_text("print('你好')\n", "utf-8")
    return WorkFolder(tmp_path)


def test_only_text_files_are_offered(folder: WorkFolder) -> None:
    (folder.path / "picture.png").write_bytes(b"\x89PNG")
    (folder.path / ".hidden.py").write_text("")
    (folder.path / "__pycache__").mkdir()
    assert folder.names() == ["client.py", "server.py"]


def test_what_was_saved_is_on_disk_and_counts_as_seen(folder: WorkFolder) -> None:
    folder.read("server.py")
    folder.save("server.py", "one\r\ntwo")
    assert (folder.path / "server.py").read_bytes() == b"one\r\ntwo"
    assert not folder.changed("server.py")


def test_somebody_elses_text_is_not_overwritten_unasked(folder: WorkFolder) -> None:
    folder.read("server.py")
    (folder.path / "server.py").write_text("theirs")
    with pytest.raises(ChangedOnDiskError):
        folder.save("server.py", "mine")
    assert (folder.path / "server.py").read_text() == "theirs"
    folder.save("server.py", "mine", force=True)
    assert (folder.path / "server.py").read_text() == "mine"


def test_a_file_that_was_only_touched_has_not_changed(folder: WorkFolder) -> None:
    folder.read("server.py")
    os.utime(folder.path / "server.py", ns=(1, 1))
    assert not folder.changed("server.py")


def test_a_removed_file_has_changed_and_can_be_written_again(folder: WorkFolder) -> None:
    folder.read("server.py")
    (folder.path / "server.py").unlink()
    assert folder.changed("server.py")
    folder.save("server.py", "again", force=True)
    assert folder.text_now("server.py") == "again"


def test_a_save_keeps_mode_and_link_and_leaves_nothing_beside(folder: WorkFolder) -> None:
    real = folder.path / "server.py"
    real.chmod(0o750)
    (folder.path / "linked.py").symlink_to(real)
    folder.save("linked.py", "through the link")
    assert real.read_text() == "through the link"
    assert (folder.path / "linked.py").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o750
    assert sorted(os.listdir(folder.path)) == ["client.py", "linked.py", "server.py"]


@pytest.mark.parametrize(
    ("content", "told"), [(b"\xff\xfe", "is not UTF-8 text"), (b"x" * 1_000_001, "is larger than")]
)
def test_what_is_no_text_is_refused_in_one_line(folder: WorkFolder, content: bytes, told: str) -> None:
    (folder.path / "server.py").write_bytes(content)
    with pytest.raises(UsageError, match=told):
        folder.read("server.py")


def test_names_do_not_lead_out_of_the_folder(folder: WorkFolder) -> None:
    with pytest.raises(UsageError, match="is not a file of"):
        folder.read("../secret.py")


def test_a_save_that_fails_leaves_the_old_text(folder: WorkFolder) -> None:
    with pytest.raises(UsageError, match="cannot be saved"):
        WorkFolder(folder.path / "not-there").save("server.py", "lost?")
    assert folder.read("server.py") == "import socket\n"
