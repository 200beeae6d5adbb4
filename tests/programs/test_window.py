"""A program that draws: what a window shows after cursor movements, erasing, scrolling; and at another size."""

from __future__ import annotations

import pytest

from netlab.programs.screen import Screen, Style, as_text


def window(*pieces: str, columns: int = 12, rows: int = 5) -> Screen:
    screen = Screen(columns, rows)
    for piece in pieces:
        screen.feed(piece.encode())
    return screen


def shown(screen: Screen) -> list[str]:
    """What is in the window, without blanks at the ends of rows, nor empty rows at the end of all."""
    rows = [row.rstrip() for row in as_text(screen.lines)[screen.top :]]
    while rows and not rows[-1]:
        rows.pop()
    return rows


FIVE = "one\r\ntwo\r\nthree\r\nfour\r\nfive"


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("a\x1b[3;5Hb\x1b[Hc", ["c", "", "    b"]),
        ("a\x1b[99;99Hb", ["a", "", "", "", "           b"]),
        (f"{FIVE}\x1b[2A\rX\x1b[B\rY", ["one", "two", "Xhree", "Your", "five"]),
        (f"{FIVE}\x1b[3F\x1b[Kup", ["one", "up", "three", "four", "five"]),
        (f"{FIVE}\x1b[3;3H\x1b[J", ["one", "two", "th"]),
        (f"{FIVE}\x1b[3;3H\x1b[1J", ["", "", "   ee", "four", "five"]),
        (f"{FIVE}\x1b[2;1H\x1b[2L", ["one", "", "", "two", "three"]),
        (f"{FIVE}\x1b[2;1H\x1b[2M", ["one", "four", "five"]),
        (f"{FIVE}\x1b[2;4r\x1b[4;1H\r\nnew", ["one", "three", "four", "new", "five"]),
        (f"{FIVE}\x1b[2;4r\x1b[2;1H\x1bMnew", ["one", "new", "two", "three", "five"]),
        (f"{FIVE}\x1b[2;4r\x1b[S", ["one", "three", "four", "", "five"]),
        (f"{FIVE}\x1b[2;4r\x1b[?6h\x1b[HX\x1b[9;1HY", ["one", "Xwo", "three", "Your", "five"]),
        (f"{FIVE}\x1b[H\x1bMtop", ["top", "one", "two", "three", "four"]),
        ("ab\x1b7\x1b[5;5Hx\x1b8c", ["abc", "", "", "", "    x"]),
        ("abc\r\x1b[4hX\x1b[4lY", ["XYbc"]),
        ("=\x1b[4b", ["====="]),
        ("\x1b(0lqk\x1b(B q", ["┌─┐ q"]),
        ("\x1b[?7lover the margin", ["over the man"]),
        ("123456789012\rx", ["x23456789012"]),
        ("123456789012\x1b[Kx", ["12345678901", "x"]),
        ("one\ntwo", ["one", "   two"]),
        ("a\tb\x1b[Zc", ["a       c"]),
    ],
)
def test_what_a_program_draws(data: str, rows: list[str]) -> None:
    assert shown(window(data)) == rows
    assert shown(window(*data)) == rows, "in single characters"


def test_bars_that_move_up_lines_stay_where_they_are() -> None:
    screen = window("start\r\n\r\n\r\n", *(f"\x1b[2A\rA {n}%\x1b[K\r\nB {n}%\x1b[K\r\n" for n in range(101)), rows=10)
    assert shown(screen) == ["start", "A 100%", "B 100%"]
    assert screen.cursor == (3, 0)


def test_what_scrolls_off_the_top_can_be_scrolled_back_to_and_what_scrolls_between_margins_not() -> None:
    screen = window(FIVE, "\r\nsix", "\x1b[2;4r\x1b[4;1H\r\n")
    assert as_text(screen.lines) == ["one", "two", "four", "five", "", "six"]
    assert screen.top == 1


def test_the_second_screen_leaves_the_first_as_it_was() -> None:
    screen = window("prompt> ", "\x1b[?1049h\x1b[2J\x1b[Hfull screen", "\x1b[5;1Hend")
    assert screen.alternate
    assert as_text(screen.lines) == ["full screen", "", "", "", "end"]
    screen.feed(b"\x1b[?1049lgo")
    assert (screen.alternate, as_text(screen.lines), screen.cursor) == (False, ["prompt> go"], (0, 10))


def test_erasing_leaves_the_background_in_force() -> None:
    screen = window("\x1b[44m\x1b[2J\x1b[m\x1b[2;3Hhi", columns=4, rows=2)
    blue = Style(background=4)
    assert [[run.style for run in row] for row in screen.lines] == [[blue], [blue, Style()]]
    assert as_text(screen.lines) == ["    ", "  hi"]


def test_modes_tell_which_keys_a_program_wants() -> None:
    screen = window("\x1b[?1;2004h\x1b[?25l")
    assert (screen.modes.application_keys, screen.modes.brackets_paste, screen.modes.cursor_seen) == (True, True, False)
    screen.feed(b"\x1bc")
    assert (screen.modes.application_keys, screen.modes.cursor_seen) == (False, True)


def test_a_program_is_answered_what_it_asks_its_terminal() -> None:
    screen = window("ab\r\nc\x1b[6n\x1b[5n\x1b[c\x1b[18t")
    assert screen.take_answers() == b"\x1b[2;2R\x1b[0n\x1b[?1;2c\x1b[8;5;12t"
    screen.feed(b"\x1b[6n" * 100_000)
    assert len(screen.take_answers()) < 300, "nobody needs so many"
    assert screen.take_answers() == b""


# Another size.


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (12, ["a line that", "is long", "short"]),
        (8, ["a line t", "hat is l", "ong", "short"]),
        (30, ["a line that is long", "short"]),
    ],
)
def test_lines_are_broken_anew_at_another_width(columns: int, rows: list[str]) -> None:
    screen = window("a line that is long\r\nshort", rows=9)
    screen.resize(columns, 9)
    assert [row.rstrip() for row in as_text(screen.lines)] == [row.rstrip() for row in rows]
    screen.feed(b"!")
    assert as_text(screen.lines)[-1] == "short!"
    screen.resize(12, 9)
    assert as_text(screen.lines) == ["a line that ", "is long", "short!"]


def test_the_cursor_stays_at_its_character() -> None:
    screen = window("abcdefghijklmnopqrst\x1b[6D", rows=9)
    screen.resize(5, 9)
    screen.feed(b"X")
    assert as_text(screen.lines) == ["abcde", "fghij", "klmnX", "pqrst"]
    screen.resize(40, 9)
    assert screen.cursor == (0, 15)


def test_wide_characters_and_colours_are_broken_between_cells() -> None:
    screen = window("\x1b[31m你好\x1b[32m吗世界\x1b[m.", rows=9)
    screen.resize(5, 9)
    assert as_text(screen.lines) == ["你好", "吗世", "界."]
    assert [run.style.foreground for run in screen.lines[1]] == [2]
    screen.resize(4, 9)
    assert as_text(screen.lines) == ["你好", "吗世", "界."]


def test_a_lower_window_scrolls_and_a_higher_one_takes_rows_back() -> None:
    screen = window(FIVE)
    screen.resize(12, 3)
    assert (screen.top, screen.cursor) == (2, (4, 4))
    screen.resize(12, 5)
    assert (screen.top, screen.cursor) == (0, (4, 4))


def test_what_was_cleared_does_not_come_back_with_a_higher_window() -> None:
    screen = window(FIVE, "\x1b[H\x1b[2J", "$ ")
    screen.resize(12, 9)
    assert shown(screen) == ["$"]
    assert as_text(screen.lines)[:5] == FIVE.split("\r\n")


def test_the_row_that_is_looked_at_is_found_again() -> None:
    screen = window(*(f"{n} {'x' * 20}\r\n" for n in range(100)))
    place = next(at for at, row in enumerate(as_text(screen.lines)) if row.startswith("50 "))
    place = screen.resize(7, 5, place)
    assert as_text(screen.lines)[place].startswith("50 ")


def test_the_second_screen_is_cut_and_the_first_broken_anew_behind_it() -> None:
    screen = window("a line that is long\r\n\x1b[?1049h\x1b[H", "left    right")
    screen.resize(6, 3)
    assert as_text(screen.lines)[:1] == ["left  "]
    screen.feed(b"\x1b[?1049l")
    assert as_text(screen.lines) == ["a line", " that ", "is lon", "g", ""]


@pytest.mark.parametrize("joined", ["👩\u200d👩\u200d👧", "👍\U0001f3fd", "❤\ufe0f", "🏴\U000e0067\U000e007f"])
def test_an_emoji_joined_from_several_is_as_wide_as_its_parts(joined: str) -> None:
    """Terminals do not agree how wide the whole is: then everything behind it would be out of place in some."""
    from rich.cells import cell_len

    screen = window(f"{joined}|", columns=20)
    row = as_text(screen.lines)[0]
    assert cell_len(row) == screen.cursor[1]
    assert row[0] == joined[0]
