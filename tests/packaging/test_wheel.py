"""A wheel holds the labs, and works where it is installed with no checkout near it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by uv, from what its cache has, where it has all."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed: pip install uv")
    folder = tmp_path_factory.mktemp("wheel")
    command = [uv, "build", "--wheel", "--out-dir", str(folder), str(ROOT)]
    if subprocess.run([*command, "--offline"], capture_output=True).returncode != 0:
        subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("netlab-*.whl")
    return built


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """The `bin` of a fresh environment with the wheel in it, which borrows the dependencies of this one.

    What a `.pth` file names is a plain folder: the editable install that lies there is not followed.
    """
    uv = shutil.which("uv")
    assert uv is not None
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run(
        [uv, "pip", "install", "--offline", "--no-deps", "--python", str(python), str(wheel)],
        check=True,
        capture_output=True,
    )
    (packages,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_holds_labs_and_template(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "netlab/_labs/02-chat-server/lab.toml" in names
    assert "netlab/_labs/02-chat-server/wrong/variants.toml" in names
    assert "netlab/courseware/template/lab.toml" in names
    assert "netlab/app/app.tcss" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_the_wheel_works_elsewhere(installed: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NETLAB_NETWORK": "loopback"}

    def netlab(*arguments: str) -> str:
        command = [str(installed / "netlab"), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    labs = Path(json.loads(netlab("doctor", "--json"))["labs"]["folder"])
    assert labs.is_relative_to(tmp_path / "venv")
    netlab("start", "chat-server")
    netlab("new", "mine")
    assert (tmp_path / "netlab-work" / "02-chat-server" / "server.py").is_file()
    solution = labs / "02-chat-server" / "solution"
    report = json.loads(netlab("check", "2", "--dir", str(solution), "--only", "listens", "--json"))
    assert report["checkpoints"][0]["verdict"] == "passed"
