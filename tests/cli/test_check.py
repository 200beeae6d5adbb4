"""`netlab check` and `netlab watch`, on a lab of two checkpoints, on the loopback: no namespaces are needed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

import pytest

from netlab.progress.opening import open_progress
from tests.cli.conftest import Run

LOOPBACK = {"NETLAB_NETWORK": "loopback"}


@pytest.fixture
def mine(tiny: str, work: Path) -> Path:
    """A folder with the solution in it, to be spoilt."""
    return Path(shutil.copytree(work / tiny / "solution", work / "mine"))


def test_a_solution_passes(netlab: Run, tiny: str, mine: Path, home: Path) -> None:
    done = netlab("check", tiny, "--dir", str(mine), **LOOPBACK)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "2 of 2 passed, 2 of 2 points"
    progress = open_progress(print, home / "data" / "progress.sqlite3")
    assert progress.passed("tiny") == {"listens", "greets"}
    progress.close()


def test_a_failure_is_told_in_full(netlab: Run, tiny: str, work: Path) -> None:
    done = netlab("check", tiny, "--dir", f"{tiny}/wrong/says-hi", **LOOPBACK)
    assert done.returncode == 1
    assert re.search('expected +server.py .*"hello"', done.stdout)
    assert re.search('got +"hi"', done.stdout)
    assert done.stdout.splitlines()[-1] == "1 of 2 passed, 1 of 2 points"


def test_json_is_one_object_and_nothing_else(netlab: Run, tiny: str, mine: Path) -> None:
    done = netlab("check", tiny, "--dir", str(mine), "--json", **LOOPBACK)
    report = json.loads(done.stdout)
    assert (report["schema"], report["lab"], report["passed"], report["network"]) == (1, "tiny", True, "loopback")
    assert [result["verdict"] for result in report["checkpoints"]] == ["passed", "passed"]


def test_the_labs_begun_here_give_an_array(netlab: Run, tiny: str) -> None:
    netlab("start", "chat-server")
    done = netlab("check", "--timeout", "0.01", "--json", **LOOPBACK)
    assert [report["lab"] for report in json.loads(done.stdout)] == ["chat-server"]


def test_only_runs_its_prerequisite_unreported(netlab: Run, tiny: str, mine: Path) -> None:
    done = netlab("check", tiny, "--dir", str(mine), "--only", "greets", "--json", **LOOPBACK)
    assert [result["id"] for result in json.loads(done.stdout)["checkpoints"]] == ["greets"]
    unknown = netlab("check", tiny, "--dir", str(mine), "--only", "greet", **LOOPBACK)
    assert unknown.returncode == 2
    assert "Did you mean greets?" in unknown.stderr


def test_junit_is_written_beside(netlab: Run, tiny: str, mine: Path, work: Path) -> None:
    (mine / "server.py").write_text("raise SystemExit\n")
    done = netlab("check", tiny, "--dir", str(mine), "--junit", "report.xml", **LOOPBACK)
    assert done.returncode == 1
    suite = ElementTree.parse(work / "report.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "1")
    refused = netlab("check", tiny, "--dir", f"{tiny}/solution", "--junit", "no/such/report.xml", **LOOPBACK)
    assert refused.returncode == 2


def test_running_out_of_time_is_code_4(netlab: Run, tiny: str, mine: Path) -> None:
    done = netlab("check", tiny, "--dir", str(mine), "--timeout", "0.01", **LOOPBACK)
    assert done.returncode == 4
    assert "ran out of its time" in done.stdout


def test_a_file_that_does_not_compile_is_the_learners(netlab: Run, tiny: str, mine: Path) -> None:
    (mine / "server.py").write_text("def (:\n")
    done = netlab("check", tiny, "--dir", str(mine), **LOOPBACK)
    assert done.returncode == 1
    assert "server.py:1" in done.stdout
    assert "SyntaxError" in done.stdout


def test_a_broken_lab_is_ours(netlab: Run, tiny: str, mine: Path, work: Path) -> None:
    (work / tiny / "test_checkpoints.py").write_text("import nothing_of_that_name\n")
    done = netlab("check", tiny, "--dir", str(mine), **LOOPBACK)
    assert done.returncode == 2
    assert "test_checkpoints.py" in done.stderr


def test_insisting_on_a_private_network(netlab: Run, tiny: str, mine: Path, work: Path) -> None:
    done = netlab("check", tiny, "--dir", str(mine), NETLAB_NETWORK="private", PATH=str(work))
    assert done.returncode == 3
    assert "apt-get install" in done.stderr


@pytest.mark.network
def test_a_new_lab_proves(netlab: Run, tiny: str) -> None:
    done = netlab("prove", tiny)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "tiny is proven by 5 sets of programs and 2 claims of its guide"


def test_a_lab_that_lets_a_mistake_pass_is_not_proven(netlab: Run, tiny: str, work: Path) -> None:
    tests = work / tiny / "test_checkpoints.py"
    lax = tests.read_text().replace('hears("hello")', 'hears("h")').replace("await peer.hears_end()", "")
    tests.write_text(lax)
    done = netlab("prove", tiny, **LOOPBACK)
    assert done.returncode == 1
    assert re.findall("NOT SO +(.+)", done.stdout) == ["wrong/says-hi"]
    assert done.stdout.splitlines()[-1].startswith("tiny is not proven: 1 ")


class Watched:
    """A `netlab watch` whose output is read line by line as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self._lines: IO[str] = process.stdout

    def until(self, text: str) -> list[str]:
        """The lines up to the one with the text; fails where the output ends first."""
        lines = []
        for line in self._lines:
            lines.append(line)
            if text in line:
                return lines
        raise AssertionError(f"{text!r} never came: {lines}")

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watch(work: Path, environment: dict[str, str]) -> Iterator[Callable[..., Watched]]:
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> Watched:
        command = [sys.executable, "-m", "netlab", "watch", *arguments]
        variables = environment | LOOPBACK
        process = subprocess.Popen(command, cwd=work, env=variables, stdout=subprocess.PIPE, encoding="utf-8")
        running.append(process)
        return Watched(process)

    yield start
    for process in running:
        process.kill()
        process.communicate()


def save(file: Path, text: str) -> None:
    """As editors do: a new file takes the old one's place."""
    beside = file.with_suffix(".tmp")
    beside.write_text(text)
    os.replace(beside, file)


def test_watch_checks_again_at_a_save(watch: Callable[..., Watched], tiny: str, mine: Path) -> None:
    watched = watch(tiny, "--dir", str(mine))
    watched.until("2 of 2 passed")
    watched.until("Watching")
    right = (mine / "server.py").read_text()
    save(mine / "server.py", right.replace("hello", "hi"))
    watched.until("server.py ---")
    watched.until("1 of 2 passed")
    watched.until("Watching")
    save(mine / "server.py", right)
    watched.until("2 of 2 passed")
    assert watched.interrupt() == 130


def test_a_save_ends_the_check_before_it(watch: Callable[..., Watched], tiny: str, mine: Path) -> None:
    right = (mine / "server.py").read_text()
    save(mine / "server.py", right.replace('client.sendall(b"hello")', "while True: pass"))
    watched = watch(tiny, "--dir", str(mine))
    watched.until("listens")
    save(mine / "server.py", right)
    lines = watched.until("2 of 2 passed")
    assert not any("FAILED" in line for line in lines), "the check of the file before never came to an end"
    assert watched.interrupt() == 130


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_check_that_is_ended_leaves_nothing_running(
    tiny: str, mine: Path, work: Path, environment: dict[str, str], number: int, code: int
) -> None:
    (mine / "server.py").write_text(
        (mine / "server.py").read_text().replace('client.sendall(b"hello")', "while True: pass")
    )
    command = [sys.executable, "-m", "netlab", "check", tiny, "--dir", str(mine)]
    process = subprocess.Popen(command, cwd=work, env=environment | LOOPBACK, stdout=subprocess.PIPE, encoding="utf-8")
    Watched(process).until("listens")
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == code
    assert programs_in(mine) == []


def programs_in(folder: Path) -> list[str]:
    """The command lines of the processes that run there."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").resolve() == folder:
                    found.append((entry / "cmdline").read_text())
            except OSError:
                continue
    return found
