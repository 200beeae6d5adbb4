"""Where the first difference is lit, in what was expected and in what came."""

from __future__ import annotations

from textual.content import Content, Span

from netlab.app.reasons import reasons
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
