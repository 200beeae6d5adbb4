"""What was tried, passed and shown is there again the next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from netlab.progress.opening import open_progress
from netlab.progress.store import Progress


def never(line: str) -> None:
    raise AssertionError(line)


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    kept = open_progress(never, tmp_path / "data" / "progress.sqlite3")
    yield kept
    kept.close()


def test_a_pass_stays_a_pass(progress: Progress) -> None:
    assert progress.record_attempts("chat", "1", [("a", "passed"), ("b", "failed")])
    assert progress.record_attempts("chat", "1", [("a", "failed")])
    assert progress.passed("chat") == {"a"}
    assert progress.latest("chat") == {"a": "failed", "b": "failed"}
    assert progress.attempts("chat") == 3


def test_labs_do_not_mix(progress: Progress) -> None:
    progress.record_attempts("one", "1", [("a", "passed")])
    progress.record_attempts("two", "1", [("a", "failed")])
    assert progress.passed_everywhere() == {"one": {"a"}, "two": frozenset()}
    assert progress.passed("three") == frozenset()


def test_what_was_shown_is_kept_apart_from_what_was_solved(progress: Progress) -> None:
    for item in ("1", "2", "1"):
        progress.record_reveal("chat", "hint", item)
    progress.record_reveal("chat", "solution", "")
    assert progress.revealed("chat", "hint") == ("1", "2")
    assert progress.revealed("chat", "solution") == ("",)
    assert progress.passed("chat") == frozenset()


def test_the_last_folder_counts(progress: Progress) -> None:
    assert progress.folder("chat") is None
    progress.remember_folder("chat", Path("/a"))
    progress.remember_folder("chat", Path("/b"))
    assert progress.folder("chat") == Path("/b")


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    file = tmp_path / "progress.sqlite3"
    first = open_progress(never, file)
    first.record_attempts("chat", "1", [("a", "passed")])
    first.record_prediction("chat", "who", "nobody", "nobody", "right")
    second = open_progress(never, file)  # while the first is open, as two netlabs are
    assert second.passed("chat") == {"a"}
    second.record_attempts("chat", "1", [("b", "passed")])
    assert first.passed("chat") == {"a", "b"}
    first.close()
    second.close()


def test_in_memory_nothing_is_said_to_be_kept() -> None:
    progress = Progress.in_memory()
    assert not progress.record_attempts("chat", "1", [("a", "passed")])
    assert progress.passed("chat") == {"a"}, "but it is there until the end"
    progress.close()
