"""Two values are shown so that a reader sees where they part."""

from __future__ import annotations

import pytest

from netlab.checking.difference import MOST, compared, shown


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"hello\r\n\t\\", r'"hello\r\n\t\\"'),
        (b'say "hi"', r'"say \"hi\""'),
        ("春 é".encode(), '"春 é"'),
        (b"\x00\x1b[2J\xff\x80", r'"\x00\x1b[2J\xff\x80"'),
        ("\u202e\U000e0001", r'"\u202e\U000e0001"'),
        (b"", '""'),
    ],
)
def test_bytes_are_escaped(data: bytes | str, text: str) -> None:
    assert shown(data) == text


def test_a_long_value_says_how_long_it_is() -> None:
    assert shown(b"\xff" * (MOST + 1)) == '"' + r"\xff" * MOST + f'" ... ({MOST + 1} bytes in all)'


@pytest.mark.parametrize(
    ("expected", "got", "mark"),
    [
        (b"hello", b"heLLo", "   ^ the first difference, after 2 bytes"),
        (b"a\nbc", b"a\nbd", "     ^ the first difference, after 3 bytes"),
        ("春夏秋冬".encode(), "春夏冬".encode(), "     ^ the first difference, after 6 bytes"),
        (b"hello", b"hell", "     ^ it ends here: 1 byte missing"),
        (b"hell", b"hello!", "     ^ it should end here: 2 bytes too many"),
        (b"88", b"", " ^ it ends here: 2 bytes missing"),
    ],
)
def test_the_first_difference_is_marked_below_it(expected: bytes, got: bytes, mark: str) -> None:
    comparison = compared(expected, got)
    assert comparison.expected == shown(expected)
    assert comparison.got == f"{shown(got)}\n{mark}"


def test_equal_values_have_no_mark() -> None:
    assert compared(b"same", b"same").got == '"same"'


@pytest.mark.parametrize("at", [0, 1, 39, 41, 5_000, 99_999])
def test_long_values_are_cut_around_the_first_difference(at: int) -> None:
    expected = b"x" * 100_000
    comparison = compared(expected, expected[:at] + b"y" + expected[at + 1 :])
    value, mark = comparison.got.splitlines()
    assert value[mark.index("^")] == "y"
    assert comparison.expected[mark.index("^")] == "x"
    assert f"after {at} byte" in mark
    assert value.endswith("(100000 bytes in all)")
