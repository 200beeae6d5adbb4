"""Unsaved text outlives netlab, and two netlabs notice one another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from netlab.session.lock import FolderLock
from netlab.session.unsaved import UnsavedText


def test_kept_text_is_there_for_the_next_netlab_until_it_is_forgotten(tmp_path: Path) -> None:
    kept = UnsavedText(tmp_path / "data", tmp_path / "work")
    kept.keep("server.py", "first")
    kept.keep("server.py", "half a li")
    kept.keep("client.py", "你好")
    assert UnsavedText(tmp_path / "data", tmp_path / "work").kept() == {"server.py": "half a li", "client.py": "你好"}
    kept.forget("server.py")
    assert kept.kept() == {"client.py": "你好"}


def test_each_folder_keeps_its_own(tmp_path: Path) -> None:
    UnsavedText(tmp_path / "data", tmp_path / "one").keep("server.py", "of one")
    assert UnsavedText(tmp_path / "data", tmp_path / "two").kept() == {}


def test_a_kept_file_that_was_cut_short_is_passed_over(tmp_path: Path) -> None:
    kept = UnsavedText(tmp_path / "data", tmp_path / "work")
    kept.keep("server.py", "text")
    (file,) = (tmp_path / "data" / "unsaved").rglob("*.json")
    file.write_text('{"name": "server.py", "te')
    assert kept.kept() == {}


def test_the_second_to_come_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    first, second = (FolderLock(tmp_path / "data", tmp_path / "work") for _ in range(2))
    assert first.take() == 0
    assert second.take() == os.getpid()
    first.release()
    assert second.take() == 0
    second.release()


def test_a_killed_netlab_holds_nothing(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys; from netlab.session.lock import FolderLock\n"
        "FolderLock(pathlib.Path(sys.argv[1]), pathlib.Path('/work')).take()\n"
        "print('held', flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True)
    assert done.stdout == "held\n"
    lock = FolderLock(tmp_path, Path("/work"))
    assert lock.take() == 0
    lock.release()
