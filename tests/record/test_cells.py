from __future__ import annotations

import pytest

from netlab.record.cells import cut, head, pad, pad_left, width


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("hello", 5), ("你好", 4), ("e\u0301", 1), ("\x1b", 0), ("ａ", 2), ("한", 2), ("\u200b", 0), ("αβ", 2)],
)
def test_a_text_takes_cells_not_characters(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "left"),
    [
        ("hello", 5, "hello"),
        ("hello", 4, "hel~"),
        ("你好吗", 6, "你好吗"),
        ("你好吗", 5, "你好~"),
        ("你好吗", 4, "你~"),
        ("ab", 0, ""),
    ],
)
def test_what_is_cut_says_so_and_no_wide_character_is_halved(text: str, cells: int, left: str) -> None:
    assert cut(text, cells) == left


def test_padding_fills_to_the_cell() -> None:
    assert pad("你", 4) == "你  "
    assert pad_left("你", 4) == "  你"
    assert width(pad("你好吗", 4)) == 4
    assert head("你好", 3) == "你"
