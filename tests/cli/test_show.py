"""`netlab show`, and the files that `netlab run` leaves: one run, seen in every way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from netlab.courseware.course import load_course
from tests.cli.conftest import Run


@pytest.mark.network
def test_a_saved_run_shows_what_the_run_showed(netlab: Run, work: Path) -> None:
    mine = shutil.copytree(load_course().find("chat-server").solution_folder, work / "mine")
    files = ("--save", "run.netlab", "--pcap", "run.pcapng", "--svg", "run.svg", "--width", "100")
    run = netlab("run", "chat-server", "--dir", str(mine), *files)
    assert (run.returncode, run.stderr) == (0, "")
    shown = netlab("show", "run.netlab", "--width", "100")
    assert run.stdout.splitlines()[1:] == shown.stdout.splitlines()
    assert (work / "run.pcapng").read_bytes().startswith(b"\x0a\x0d\x0d\x0a")
    assert ElementTree.parse(work / "run.svg").getroot().tag.endswith("svg")

    lines = [json.loads(line) for line in netlab("show", "run.netlab", "--json").stdout.splitlines()]
    assert lines[0]["lab"] == "chat-server"
    assert {"frame-seen", "call-entered", "call-returned", "state-changed", "terminal-output"} <= {
        line["event"] for line in lines
    }

    nobody = netlab("show", "run.netlab", "--host", "sever")
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "Did you mean server" in nobody.stderr


def test_what_is_no_record_is_refused_in_a_line(netlab: Run, work: Path) -> None:
    (work / "notes.txt").write_text("not a record")
    for name, said in (("notes.txt", "is not a netlab record"), ("gone.netlab", "No such file")):
        done = netlab("show", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_a_file_that_cannot_be_written_is_refused_before_anything_runs(netlab: Run, work: Path) -> None:
    done = netlab("run", "chat-server", "--svg", "nowhere/run.svg")
    assert done.returncode == 2
    assert "nowhere/run.svg cannot be written" in done.stderr
