"""Which editor is opened, and that it has Ctrl-C for itself."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from netlab.processes.foreground import editor_command, run_in_foreground


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with three editors on it."""
    for name in ("vi", "nano", "gedit"):
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "gedit --wait", "EDITOR": "vi"}, ["gedit", "--wait", "f.py"]),
        ({"EDITOR": "vi"}, ["vi", "+7", "f.py"]),
        ({}, ["nano", "+7", "f.py"]),
        ({"EDITOR": "no-such-editor"}, []),
        ({"EDITOR": 'vi "'}, []),
    ],
)
def test_the_learners_own_editor_comes_first(path: Path, environment: dict[str, str], command: list[str]) -> None:
    assert editor_command(Path("f.py"), 7, environment) == command


def test_ctrl_c_ends_what_is_in_front_and_not_netlab(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    program = f"import os, signal; os.kill({os.getpid()}, signal.SIGINT); os.kill(os.getpid(), signal.SIGINT)"
    assert run_in_foreground([sys.executable, "-c", program], tmp_path) in (-signal.SIGINT, 1, 130)
    assert signal.getsignal(signal.SIGINT) is before
