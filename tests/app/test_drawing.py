"""Text in cells, keys as bytes, places in verdicts: the pure helpers."""

from __future__ import annotations

import unicodedata

import pytest

from netlab.app.drawing import clean, fit, pips, wrap
from netlab.app.keys import KEYS, find, spelled
from netlab.app.keystrokes import pasted, typed
from netlab.app.keytexts import KEY_TEXTS
from netlab.app.learntexts import LEARN_TEXTS
from netlab.app.places import place_in
from netlab.app.texts import TEXTS


@pytest.mark.parametrize(
    ("raw", "harmless"),
    [
        ("plain", "plain"),
        ("a\x1b]0;title\x07b", "a\u241b]0;title\u2407b"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202eabc", "\ufffdabc"),
        ("你好", "你好"),
    ],
)
def test_nothing_that_a_terminal_obeys_is_drawn(raw: str, harmless: str) -> None:
    assert clean(raw) == harmless


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [("abc", 5, "abc  "), ("abcdef", 5, "abc.."), ("你好吗", 5, "你 .."), ("你好", 3, "你 ")],
)
def test_a_text_takes_exactly_its_cells(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_lines_break_at_blanks_and_never_inside_a_wide_character() -> None:
    assert wrap("the quick brown fox", 10) == ["the quick", "brown fox"]
    assert wrap("你好你好", 5) == ["你好", "你好"]
    assert wrap("x" * 9, 4) == ["xxxx", "xxxx", "x"]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]


def test_the_measure_is_empty_or_full_only_when_that_is_true() -> None:
    assert [pips(0, 15), pips(1, 15), pips(14, 15), pips(15, 15)] == ["." * 10, "=.........", "=========.", "=" * 10]


@pytest.mark.parametrize(
    ("key", "character", "sent"),
    [
        ("a", "a", b"a"),
        ("enter", "\r", b"\r"),
        ("ctrl+c", "\x03", b"\x03"),
        ("ctrl+d", "\x04", b"\x04"),
        ("escape", "\x1b", b"\x1b"),
        ("up", None, b"\x1b[A"),
        ("f5", None, b""),
        ("你", "你", "你".encode()),
    ],
)
def test_a_key_sends_what_a_terminal_would_send(key: str, character: str | None, sent: bytes) -> None:
    assert typed(key, character) == sent


def test_a_pasted_text_types_no_control_characters() -> None:
    assert pasted("one\r\ntwo\x1b[A\x03\n") == b"one\rtwo[A\r"


def test_where_a_verdict_points() -> None:
    assert place_in("server.py:18 recv() has been waiting for 2.0 s") == ("server.py", 18, 0)
    assert place_in("frame 12") == ("", 0, 12)
    assert place_in("") == ("", 0, 0)


def test_every_text_is_there_in_both_languages_and_of_certain_width() -> None:
    for key, texts in (TEXTS | KEY_TEXTS | LEARN_TEXTS).items():
        assert all(texts), key
        for text in texts:
            assert not [char for char in text if unicodedata.east_asian_width(char) == "A"], key


def test_every_key_can_be_explained_and_no_place_gives_one_key_two_meanings() -> None:
    for place, keys in KEYS.items():
        spellings = [one for key in keys for one in key.key.split(",")]
        assert len(spellings) == len(set(spellings)), place
        assert all(key.label and key.tip and spelled(key.key) for key in keys)
    assert find("run").key == "f5"
