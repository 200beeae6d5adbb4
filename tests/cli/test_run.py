"""`netlab run`: a scene played by the learner's programs, as a ladder of what happened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from netlab.courseware.course import load_course
from tests.cli.conftest import Run


@pytest.fixture
def mine(work: Path) -> Path:
    """The chat server's solution, to be spoilt."""
    return Path(shutil.copytree(load_course().find("chat-server").solution_folder, work / "mine"))


@pytest.mark.network
def test_the_ladder_tells_the_scene(netlab: Run, mine: Path) -> None:
    done = netlab("run", "chat-server", "--dir", str(mine), "--width", "110")
    assert (done.returncode, done.stderr) == (0, "")
    told = iter(done.stdout.splitlines())
    story = ("Two turns, then 88", "LISTEN", "SYN seq=0", "SYN,ACK", '"hello from the client"', '"再见"', "FIN,ACK")
    for text in story:
        assert any(text in line for line in told), f"{text}, in this order:\n{done.stdout}"


@pytest.mark.network
def test_a_scene_that_gets_stuck_is_told_up_to_there(netlab: Run, mine: Path) -> None:
    server = mine / "server.py"
    server.write_text(server.read_text().replace("print(", "str("))
    done = netlab("run", "2", "chat", "--dir", str(mine), "--width", "110")
    assert done.returncode == 1
    assert '"hello from the client"' in done.stdout
    assert 'server.py did not show "hello from the client"' in done.stderr


def test_on_the_loopback_the_scene_is_played_without_frames(netlab: Run, mine: Path) -> None:
    done = netlab("run", "2", "--dir", str(mine), NETLAB_NETWORK="loopback")
    assert done.returncode == 0, done.stderr
    assert "client ended, exit code 0" in done.stdout


def test_an_unknown_scene_is_answered_with_the_nearest(netlab: Run, mine: Path) -> None:
    done = netlab("run", "2", "chatt", "--dir", str(mine))
    assert done.returncode == 2
    assert "Did you mean chat" in done.stderr
