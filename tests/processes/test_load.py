"""How much longer to wait on an overloaded machine."""

from __future__ import annotations

from netlab.processes.load import overload, stretch


def test_a_machine_that_keeps_up_is_not_waited_for_longer() -> None:
    assert stretch(0.1, 2) == stretch(4.0, 2) == 1.0


def test_eight_times_what_is_bearable_takes_eight_times_as_long() -> None:
    assert stretch(32.0, 2) == 8.0
    assert stretch(32.0, 16) == 1.0


def test_of_this_machine() -> None:
    assert overload() >= 1.0
