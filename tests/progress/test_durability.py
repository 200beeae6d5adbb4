"""Progress survives: kill -9 at any moment, two netlabs at once, damage, a folder that cannot be written."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from netlab.progress.opening import open_progress
from netlab.progress.schema import VERSION

WRITER = """
import sys
from pathlib import Path
from netlab.progress.opening import open_progress
progress = open_progress(lambda line: sys.exit(line), Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    if not progress.record_attempts(sys.argv[2], "1", [(f"{n}-a", "passed"), (f"{n}-b", "failed")]):
        sys.exit("not written")
    print(n, flush=True)
"""


def writer(file: Path, lab: str, count: int) -> subprocess.Popen[str]:
    """A process that says the number of each attempt when that is on the disk."""
    command = [sys.executable, "-c", WRITER, str(file), lab, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def rows(file: Path) -> dict[str, list[str]]:
    """The checkpoints of each lab's attempts; the database is whole."""
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found: dict[str, list[str]] = {}
        for lab, checkpoint in connection.execute("SELECT lab, checkpoint FROM attempts ORDER BY rowid"):
            found.setdefault(lab, []).append(checkpoint)
        return found
    finally:
        connection.close()


def pairs(count: int) -> list[str]:
    return [f"{n}-{half}" for n in range(count) for half in "ab"]


def test_what_was_reported_as_written_survives_kill_9(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    chance = random.Random(2)
    for life in range(8):
        with writer(file, f"life-{life}", 1_000_000) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 40)):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            reported = [int(line) for line in process.stdout.readlines() if line.endswith("\n")]
        written = rows(file)[f"life-{life}"]
        assert written == pairs(len(written) // 2), "each pair whole, in order, none missing"
        assert len(written) // 2 > max(reported, default=0)


def test_two_netlabs_write_at_once(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    both = [writer(file, lab, 100) for lab in ("one", "two")]
    assert [process.communicate()[0].count("\n") for process in both] == [100, 100]
    assert rows(file) == {"one": pairs(100), "two": pairs(100)}


@pytest.mark.parametrize("damage", [b"this was never a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_put_aside_and_a_new_one_begun(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "progress.sqlite3"
    file.write_bytes(damage)
    said: list[str] = []
    progress = open_progress(said.append, file)
    assert progress.record_attempts("chat", "1", [("a", "passed")]), "a learner goes on"
    progress.close()
    (line,) = said
    (aside,) = tmp_path.glob("progress.damaged-*.sqlite3")
    assert str(aside) in line
    assert aside.read_bytes() == damage, "nothing is lost"


def test_pages_that_are_torn_count_as_damage(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    progress = open_progress(lambda line: None, file)
    progress.record_attempts("chat", "1", [(f"checkpoint-{n}", "passed") for n in range(500)])
    progress.close()
    torn = bytearray(file.read_bytes())
    torn[4096:] = os.urandom(len(torn) - 4096)
    file.write_bytes(torn)
    said: list[str] = []
    again = open_progress(said.append, file)
    assert again.record_attempts("chat", "1", [("a", "passed")])
    again.close()
    assert "damaged" in said[0]


def test_a_folder_that_cannot_be_had_is_one_line_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said: list[str] = []
    progress = open_progress(said.append, tmp_path / "file" / "progress.sqlite3")
    assert not progress.record_attempts("chat", "1", [("a", "passed")])
    assert progress.passed("chat") == {"a"}
    progress.close()
    assert len(said) == 1
    assert "\n" not in said[0]
    assert said[0].startswith("Going on without progress: ")


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    newer = sqlite3.connect(file)
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    before = file.read_bytes()
    said: list[str] = []
    open_progress(said.append, file).close()
    assert "written by a newer netlab" in said[0]
    assert file.read_bytes() == before


def test_a_write_that_fails_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    said: list[str] = []
    progress = open_progress(said.append, file)
    other = sqlite3.connect(file)
    other.execute("DROP TABLE attempts")
    other.close()
    assert not progress.record_attempts("chat", "1", [("a", "passed")])
    assert not progress.record_attempts("chat", "1", [("b", "passed")])
    assert progress.record_reveal("chat", "hint", "1"), "what can be kept is kept"
    progress.close()
    assert len(said) == 1
