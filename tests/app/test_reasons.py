"""Where the first difference is lit, in what was expected and in what came."""

from __future__ import annotations

import pytest
from textual.content import Content, Span

from netlab.app.reasons import reasons
from netlab.checking.reports import details
from netlab.checking.verdicts import CheckpointResult, Verdict


def lit(expected: str, got: str) -> list[str]:
    result = CheckpointResult("echo", "Echo", "", Verdict.FAILED, expected=expected, got=got)
    return [line.plain[span.start : span.end] for line in reasons(result, 100) for span in _reversed(line)]


def _reversed(line: Content) -> list[Span]:
    return [span for span in line.spans if "reverse" in str(span.style)]


def test_the_same_place_of_both_values_is_lit_whatever_words_stand_before() -> None:
    got = '"88"\n   ^ it ends here: 4 bytes missing'
    assert lit('after "quit" was said to it, server.py has sent "88quit"', got) == ["q", '"']
    assert lit('"88quit"', got) == ["q", '"']


def test_where_no_value_was_expected_only_what_came_is_lit() -> None:
    assert lit("server.py closes the connection", '"88"\n   ^ it ends here') == ['"']


@pytest.mark.parametrize(
    ("verdict", "names"),
    [
        (Verdict.PASSED, ["got"]),
        (Verdict.FAILED, ["expected", "got", "where", "evidence", "hint"]),
        (Verdict.BLOCKED, ["why"]),
        (Verdict.UNAVAILABLE, ["why"]),
    ],
)
def test_what_a_verdict_opens_on_is_what_the_command_line_tells(verdict: Verdict, names: list[str]) -> None:
    result = CheckpointResult(
        "id", "Title", "", verdict, "EADDRINUSE", "for 60 s", "server.py:3", ("frame 4",), "Think."
    )
    opened = [line.plain.strip() for line in reasons(result, 80)]
    assert [line for line in opened if line in ("expected", "got", "where", "evidence", "hint", "why")] == names
    assert [line.split()[0] for line in details(result).splitlines()] == names


def test_a_pass_that_shows_nothing_opens_on_nothing() -> None:
    assert reasons(CheckpointResult("id", "Title", "", Verdict.PASSED), 80) == []
