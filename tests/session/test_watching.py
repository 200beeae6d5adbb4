"""A write counts once the folder has settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.session.folder import SUFFIXES
from netlab.session.watching import FolderWatch


@pytest.fixture
def watch(tmp_path: Path) -> FolderWatch:
    (tmp_path / "server.py").write_text("one")
    return FolderWatch(tmp_path, SUFFIXES)


def test_nothing_happened(watch: FolderWatch) -> None:
    assert [watch.look(), watch.look()] == [set(), set()]


def test_a_write_is_told_once_it_has_settled(watch: FolderWatch, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("one and two")
    assert [watch.look(), watch.look(), watch.look()] == [set(), {"server.py"}, set()]


def test_while_an_editor_still_writes_nothing_is_told(watch: FolderWatch, tmp_path: Path) -> None:
    for text in ("o", "on", "one more"):
        (tmp_path / "server.py").write_text(text)
        assert watch.look() == set()
    assert watch.look() == {"server.py"}


def test_a_file_that_was_replaced_by_renaming_is_seen(watch: FolderWatch, tmp_path: Path) -> None:
    (tmp_path / "server.py~").write_text("one")
    (tmp_path / "server.py~").rename(tmp_path / "server.py")
    watch.look()
    assert watch.look() == {"server.py"}


def test_new_removed_and_others_files(watch: FolderWatch, tmp_path: Path) -> None:
    (tmp_path / "server.py").unlink()
    (tmp_path / "wire.toml").write_text("")
    (tmp_path / ".server.py.swp").write_text("")
    (tmp_path / "core").write_text("")
    watch.look()
    assert watch.look() == {"server.py", "wire.toml"}


def test_a_folder_that_went_away_is_no_crash(watch: FolderWatch, tmp_path: Path) -> None:
    (tmp_path / "server.py").unlink()
    tmp_path.rmdir()
    watch.look()
    assert watch.look() == {"server.py"}
