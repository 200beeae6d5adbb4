"""What is remembered is there for the next netlab, whatever became of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.session.settings import Settings


def test_the_next_netlab_finds_what_was_put(tmp_path: Path) -> None:
    Settings(tmp_path / "data").put("theme", "netlab-light")
    assert Settings(tmp_path / "data").get("theme", "netlab-dark") == "netlab-light"


def test_two_netlabs_at_once_keep_one_anothers_settings(tmp_path: Path) -> None:
    one, other = Settings(tmp_path), Settings(tmp_path)
    one.put("theme", "netlab-light")
    other.put("language", "zh")
    assert Settings(tmp_path).get("theme", "") == "netlab-light"
    assert Settings(tmp_path).get("language", "") == "zh"


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"theme": 3}', "\udcff"])
def test_a_file_that_makes_no_sense_is_as_good_as_none(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "settings.json").write_text(damaged, "utf-8", errors="surrogateescape")
    settings = Settings(tmp_path)
    assert settings.get("theme", "netlab-dark") == "netlab-dark"
    settings.put("theme", "nord")
    assert Settings(tmp_path).get("theme", "netlab-dark") == "nord"


def test_where_nothing_can_be_written_it_holds_as_long_as_this_netlab(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    settings = Settings(tmp_path / "data")
    settings.put("theme", "nord")
    assert settings.get("theme", "") == "nord"
