"""A terminal's picture, from bytes alone."""

from __future__ import annotations

import random
import unicodedata

import pytest

from netlab.programs.cells import cell_width
from netlab.programs.screen import Run, Screen, Style, as_text


def screen_of(*pieces: bytes, columns: int = 100, rows: int = 24, scrollback: int = 100) -> Screen:
    """What a program wrote to its terminal, which makes a carriage return and a newline of each newline (ONLCR)."""
    screen = Screen(columns, rows, scrollback=scrollback)
    for piece in pieces:
        screen.feed(piece.replace(b"\n", b"\r\n"))
    return screen


def shown(screen: Screen) -> list[str]:
    return as_text(screen.lines)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\r\ntwo\r\n", ["one", "two", ""]),
        (b"name? ", ["name? "]),
        (b"50%\r60%\r100%\n", ["100%", ""]),
        (b"a long word\rshort", ["shortg word"]),
        (b"abc\r\r\nd", ["abc", "d"]),
        (b"typo\b\b \b\bas", ["taso"]),
        (b"\b\bx", ["x"]),
        (b"a\tb\r\n1234567\t8", ["a       b", "1234567 8"]),
        (b"over\r\t!\rx", ["xver    !"]),
        (b"keep\rabc\x1b[K", ["abc"]),
        (b"abcdef\x1b[3D\x1b[1K", ["    ef"]),
        (b"abcdef\x1b[2K", [""]),
        (b"abc\x1b[3Cd\x1b[2Ge", ["aec   d"]),
        (b"abcdef\x1b[3G\x1b[2P", ["abef"]),
        (b"abcd\x1b[3G\x1b[2@", ["ab  cd"]),
        (b"abcd\x1b[2G\x1b[2X", ["a  d"]),
        (b"\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b", ["ab"]),
        (b"a\x1bPq#0;2\x1b\\b\x1b(Bc\x1b7d\x1b[?25le", ["abcde"]),
        (b"bell\x07 null\x00 del\x7f", ["bell null del"]),
        ("\u202eabc\u2028d\x9b31m".encode(), ["abcd31m"]),
        (b"bad \xff utf-8", ["bad \ufffd utf-8"]),
    ],
)
def test_what_is_seen(data: bytes, lines: list[str]) -> None:
    assert shown(screen_of(data)) == lines
    assert shown(screen_of(*(data[i : i + 1] for i in range(len(data))))) == lines, "in single bytes"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("你好\b\b吗".encode(), "你吗"),
        ("你好\b吗".encode(), "你 吗"),
        ("你好\rx".encode(), "x 好"),
        ("a\u0301e\rb".encode(), "be"),
        ("🙂🙂\x1b[3Gx".encode(), "🙂x "),
    ],
)
def test_wide_characters_are_two_cells(data: bytes, line: str) -> None:
    assert shown(screen_of(data)) == [line]


def test_the_cursor_is_told_in_cells() -> None:
    screen = screen_of("好 a\u0301: ".encode())
    assert screen.cursor == (0, 6)
    screen.feed(b"\b\b")
    assert screen.cursor == (0, 4)


def test_combining_characters_do_not_pile_up_without_end() -> None:
    screen = screen_of(b"ab\b", ("\u0301" * 10_000).encode())
    assert len(shown(screen)[0]) < 20


@pytest.mark.parametrize(
    ("sequence", "style"),
    [
        ("31", Style(foreground=1)),
        ("97;44", Style(foreground=15, background=4)),
        ("1;3;4;7;9", Style(bold=True, italic=True, underline=True, reverse=True, strike=True)),
        ("38;5;208", Style(foreground=208)),
        ("48;2;1;2;300", Style(background=(1, 2, 255))),
        ("38;5;1;2", Style(foreground=1, dim=True)),
        ("31;39;1;22", Style()),
        ("31;", Style()),
        ("999;38;9", Style()),
        ("99999999999999999999", Style()),
    ],
)
def test_colours_and_attributes(sequence: str, style: Style) -> None:
    screen = screen_of(f"\x1b[{sequence}mtext\x1b[0m plain".encode())
    assert next(run for run in screen.lines[0] if run.text.startswith("text")).style == style
    assert screen.lines[0][-1].text.endswith(" plain")


def test_runs_of_one_style_are_one_run() -> None:
    screen = screen_of(b"a", b"b\x1b[31m", b"c\x1b[31md")
    assert screen.lines[0] == (Run("ab", Style()), Run("cd", Style(foreground=1)))


def test_a_colour_goes_on_over_the_end_of_a_line() -> None:
    screen = screen_of(b"\x1b[32ma\nb\nc")
    assert [line[0].style.foreground for line in screen.lines] == [2, 2, 2]


def test_clearing_keeps_what_was_there_as_scroll_back() -> None:
    screen = screen_of(b"before\nprompt> \x1b[H\x1b[2J\x1b[3Jafter")
    assert shown(screen) == ["before", "prompt> ", "after"]
    assert screen.top == 2, "and the window begins anew"


def test_what_was_dropped_is_counted() -> None:
    screen = screen_of(b"".join(b"line %d\n" % n for n in range(1000)), b"last", rows=4, scrollback=10)
    assert (screen.dropped, len(screen.lines), screen.top, screen.cursor) == (987, 14, 10, (13, 4))
    assert as_text([screen.lines[995 - screen.dropped], screen.lines[-2], screen.lines[-1]]) == [
        "line 995",
        "line 999",
        "last",
    ]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"1234567890\nx", ["1234567890", "x"]),
        (b"1234567890abc\n", ["1234567890", "abc", ""]),
        (b"1234567890\rab", ["ab34567890"]),
        (b"1234567890abc\rx", ["1234567890", "xbc"]),
        ("123456789你好".encode(), ["123456789", "你好"]),
        ("一二三四五六\n七".encode(), ["一二三四五", "六", "七"]),
        ("123456789e\u0301x".encode(), ["123456789e\u0301", "x"]),
        (b"12345678\t\tx", ["12345678 x"]),
        (b"a\nb" + b"c" * 25 + b"\nd", ["a", "bccccccccc", "cccccccccc", "cccccc", "d"]),
    ],
)
def test_a_long_line_goes_on_in_the_next_row(data: bytes, rows: list[str]) -> None:
    assert shown(screen_of(data, columns=10)) == rows
    assert shown(screen_of(*(data[i : i + 1] for i in range(len(data))), columns=10)) == rows, "in single bytes"


def test_a_flood_in_one_piece_looks_like_the_same_flood_in_many() -> None:
    lines = [b"start", b"%d" % 10**9, *(b"x" * (n % 90) for n in range(5000)), b"end"]
    flood = b"\n".join(lines)
    many = screen_of(*(flood[i : i + 700] for i in range(0, len(flood), 700)), scrollback=50)
    one = screen_of(b"begun ", flood, scrollback=50)
    assert (shown(one), one.dropped) == (shown(many), many.dropped)


@pytest.mark.parametrize("endless", [b"x" * 100, b"\x1b[4000Cy", b"\x1b[4000@", b"\x1b[4000X", b"\tz", "你".encode()])
def test_no_row_is_wider_than_the_terminal(endless: bytes) -> None:
    screen = screen_of(endless * 2000, columns=33)
    assert max(map(cell_width, shown(screen))) <= 33
    assert screen.cursor[1] < 33


def test_an_unfinished_sequence_never_grows_and_never_hides_the_next_line() -> None:
    screen = screen_of(b"\x1b]0;" + b"x" * 100_000, b"y" * 100_000, b"\nseen", b"\x1b[" + b"1" * 1000, b"\nagain")
    assert shown(screen)[-1] == "again"
    assert "seen" in shown(screen)[-2]


@pytest.mark.parametrize("seed", range(200))
def test_hostile_bytes_never_get_through(seed: int) -> None:
    chance = random.Random(seed)
    alphabet = [*b"\x1b[]\r\n\b\t\x07;95?1047 mhlKJH@PXABCDEFGLMSTdrsu78c(0b"]
    pieces = [*(bytes([byte]) for byte in alphabet), *("你".encode(), "\u0301".encode(), "👩\u200d👧".encode())]
    pieces += [b"\xff", b"\xe4", b"\x9b", b"abc", b"\x1b[", b"\x1b[", b"\x1b[?1049h", b"\x1b[2;4r", b"\x1bM"]
    data = b"".join(chance.choices(pieces, k=2000)) + chance.randbytes(500)
    screen = Screen(20, 6, scrollback=50)
    whole = screen_of(data, columns=20, rows=6, scrollback=50)
    while data:
        size = chance.randint(1, 40)
        screen.feed(data[:size].replace(b"\n", b"\r\n"))
        data = data[size:]
    assert (shown(screen), screen.cursor) == (shown(whole), whole.cursor)
    assert len(screen.lines) - screen.top <= 6
    screen.resize(chance.randint(2, 40), chance.randint(1, 12))
    screen.resize(20, 6)
    assert all(cell_width(line) <= 20 for line in shown(screen))
    characters = {character for line in shown(screen) for character in line}
    assert not {c for c in characters if unicodedata.category(c) == "Cc"}
    assert all(run.text for line in screen.lines for run in line)
