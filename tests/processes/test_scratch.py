"""Scratch folders go with what they were for, or at the next start."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from netlab.processes.scratch import make_scratch, remove_leftovers, remove_scratch, scratch
from netlab.processes.spawning import run


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_goes_with_its_context() -> None:
    with scratch() as folder:
        (folder / "notes").write_text("anything")
    assert not folder.exists()


def test_what_a_dead_process_left_is_removed_and_what_a_living_one_uses_is_not(tmp_path: Path) -> None:
    leave = "from netlab.processes.scratch import make_scratch; print(make_scratch())"
    done = run([sys.executable, "-c", leave], env={**os.environ, "TMPDIR": str(tmp_path)})
    left, mine = Path(done.stdout.decode().strip()), make_scratch()
    assert left.is_dir()
    remove_leftovers()
    assert not left.exists()
    assert mine.is_dir()
    remove_scratch(mine)
