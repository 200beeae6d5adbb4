"""A learner at the command line: start, hints, solution, starting over, and how far they are."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from netlab.courseware.course import load_course
from netlab.progress.opening import open_progress
from tests.cli.conftest import Run


def answering(answer: str, *arguments: str, work: Path, environment: dict[str, str]) -> tuple[int, str]:
    """The command with a terminal whose user types an answer at once; exit code, and all that the terminal showed."""
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode() + b"\n")
    command = [sys.executable, "-m", "netlab", *arguments]
    process = subprocess.Popen(command, cwd=work, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    return process.wait(), shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # EIO: the last program has closed its end (pty(7))
        return b""


def test_start_lays_out_the_starter_and_never_overwrites(netlab: Run, work: Path) -> None:
    done = netlab("start", "2")
    assert done.returncode == 0
    server = work / "netlab-work" / "02-chat-server" / "server.py"
    server.write_text("mine")
    again = netlab("start", "chat-server")
    assert again.returncode == 2
    assert "already has client.py and server.py; nothing was changed." in again.stderr
    assert "netlab reset chat-server" in again.stderr
    assert server.read_text() == "mine"


def test_the_lab_is_remembered_where_it_was_put(netlab: Run) -> None:
    netlab("start", "2", "--dir", "mine")
    done = netlab("check", "2")
    assert done.returncode == 2
    assert "You last worked in: --dir /" in done.stderr


def test_reset_keeps_a_copy_and_asks(netlab: Run, work: Path, environment: dict[str, str]) -> None:
    netlab("start", "2")
    server = work / "netlab-work" / "02-chat-server" / "server.py"
    server.write_text("mine")
    assert netlab("reset", "2").returncode == 2, "nobody is there to be asked"
    code, shown = answering("n", "reset", "2", work=work, environment=environment)
    assert (code, server.read_text()) == (0, "mine")
    assert "Nothing was changed." in shown
    code, shown = answering("y", "reset", "2", work=work, environment=environment)
    assert code == 0
    assert server.read_text() != "mine"
    (kept,) = work.glob("netlab-work/02-chat-server.before-reset-*/server.py")
    assert kept.read_text() == "mine"


def test_hints_come_one_at_a_time_and_are_remembered(netlab: Run) -> None:
    counts = [netlab("hint", "2").stdout.split("  ")[0] for _ in range(2)]
    assert counts == ["1 of 4", "2 of 4"]
    for _ in range(2):
        netlab("hint", "2")
    last = netlab("hint", "2")
    assert last.returncode == 0
    assert "There are no further hints." in last.stdout
    assert "4 of 4" in last.stdout, "all of them again"


def test_a_checkpoint_has_a_hint_of_its_own(netlab: Run) -> None:
    assert "套接字里走的是字节" in netlab("hint", "2", "chinese", "--lang", "zh").stdout


def test_the_solution_is_shown_after_a_pass_or_when_one_insists(
    netlab: Run, home: Path, work: Path, environment: dict[str, str]
) -> None:
    refused = netlab("solution", "2")
    assert refused.returncode == 2
    assert "You have passed 0 of 15 checkpoints" in refused.stderr
    assert answering("", "solution", "2", work=work, environment=environment)[1].endswith("Nothing was shown.\r\n")
    shown = netlab("solution", "2", "--yes").stdout
    assert "--- client.py ---" in shown
    assert "accept()" in shown
    progress = open_progress(print, home / "data" / "progress.sqlite3")
    assert progress.revealed("chat-server", "solution") == ("",)
    assert progress.passed("chat-server") == frozenset(), "revealing is not passing"
    checkpoints = load_course().find_head("chat-server").checkpoints
    progress.record_attempts("chat-server", "1", [(checkpoint, "passed") for checkpoint in checkpoints])
    progress.close()
    assert netlab("solution", "2").returncode == 0


def test_labs_tell_how_far_one_is(netlab: Run, home: Path) -> None:
    def lab() -> dict[str, object]:
        labs = json.loads(netlab("labs", "--json").stdout)["labs"]
        return next(lab for lab in labs if lab["id"] == "chat-server")

    assert (lab()["state"], lab()["passed"]) == ("new", [])
    progress = open_progress(print, home / "data" / "progress.sqlite3")
    progress.record_attempts("chat-server", "1", [("reset", "failed"), ("listens", "passed")])
    progress.close()
    assert (lab()["state"], lab()["passed"]) == ("begun", ["listens"])
    assert " 1/15  begun" in netlab("labs").stdout


def test_without_a_data_folder_one_goes_on(netlab: Run, home: Path) -> None:
    (home / "file").write_text("")
    done = netlab("hint", "2", NETLAB_DATA=str(home / "file" / "data"))
    assert done.returncode == 0
    assert done.stdout.startswith("1 of 4")
    assert done.stderr.startswith("netlab: Going on without progress: ")
    assert done.stderr.count("\n") == 1


def test_doctor_says_what_there_is_and_why_not_more(netlab: Run) -> None:
    told = json.loads(netlab("doctor", "--json", NETLAB_NETWORK="loopback").stdout)
    assert told["network"] == {
        "kind": "loopback",
        "reason": "NETLAB_NETWORK=loopback asks for the loopback.",
        "remedy": "Unset NETLAB_NETWORK.",
    }
    assert {"unshare", "ip", "setpriv"} <= {program["name"] for program in told["programs"]}
    assert told["progress"]["kept"] is True
    assert netlab("doctor").returncode == 0


def test_doctor_says_whether_the_browser_is_served_and_how_to_get_it(netlab: Run, work: Path) -> None:
    (there,) = json.loads(netlab("doctor", "--json").stdout)["extras"]
    assert (there["name"], there["there"], there["remedy"]) == ("web", True, "")
    assert re.search(r"^web +textual-serve \d\S*, for netlab serve$", netlab("doctor").stdout, re.MULTILINE)

    (work / "sitecustomize.py").write_text("import sys\nsys.modules['textual_serve'] = None\n")
    (missing,) = json.loads(netlab("doctor", "--json", PYTHONPATH=str(work)).stdout)["extras"]
    assert (missing["there"], missing["version"]) == (False, "")
    done = netlab("doctor", PYTHONPATH=str(work))
    assert done.returncode == 0
    assert 'web       missing (netlab serve needs textual-serve). Install it: pip install "netlab[web]"' in done.stdout


def test_doctor_without_what_one_insists_on(netlab: Run, work: Path) -> None:
    done = netlab("doctor", NETLAB_NETWORK="private", PATH=str(work))
    assert done.returncode == 3
    assert "apt-get install" in done.stdout
