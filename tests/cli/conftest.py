"""The real command in a process of its own: an empty home, an empty folder, no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

UNWANTED = ("NETLAB_", "LC_", "LANG", "NO_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where netlab is started."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The tests' own, without what a developer may have set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(UNWANTED)}
    return kept | {"HOME": str(home), "NETLAB_DATA": str(home / "data"), "LANG": "C"}


@pytest.fixture
def netlab(work: Path, environment: dict[str, str]) -> Run:
    """`netlab ARGUMENTS`, with further environment variables as keywords; waits for its end."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "netlab", *arguments]
        return subprocess.run(
            command,
            cwd=work,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def tiny(netlab: Run, work: Path) -> str:
    """The path of a lab with two quick checkpoints, as LAB: `./01-tiny` or so."""
    netlab("new", "tiny", "--dir", ".")
    (folder,) = work.glob("*-tiny")
    return f"./{folder.name}"
