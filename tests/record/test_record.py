from __future__ import annotations

import pytest

from netlab.record.events import ActionTaken, FramesLost, TerminalInput, TerminalOutput
from netlab.record.record import Record, RecordMeta
from tests.record import stories
from tests.record.run import START, TWO, Run, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)


def test_events_are_in_the_order_of_time_whenever_they_are_told() -> None:
    record = Record(RecordMeta(TWO))
    for at in (5, 9, 7, 7, 1):
        record.add(ActionTaken(at, "mark"))
    assert [event.at for event in record.events] == [1, 5, 7, 7, 9]
    assert [event.at for event in record.arrivals] == [5, 9, 7, 7, 1]


def test_the_version_tells_whether_anything_is_new() -> None:
    record = stories.talk().record()
    before = record.version
    assert not record.refresh()
    assert record.version == before
    record.add(ActionTaken(START, "mark"))
    assert record.version != before


def test_a_full_record_keeps_nothing_more_and_says_how_much_is_missing() -> None:
    record = Record(RecordMeta(TWO), cap=1 << 20)
    for _ in range(12):
        record.add(TerminalInput(START, "server", bytes(100_000)))
    assert len(record.events) == 11
    assert record.notices == ("the record is full (1 MiB): 1 later events are not kept",)


def test_a_program_that_floods_its_terminal_leaves_room_for_the_rest() -> None:
    record = Record(RecordMeta(TWO), cap=1 << 20)
    for _ in range(100):
        record.add(TerminalOutput(START, "server", bytes(100_000)))
    record.add(ActionTaken(START, "mark"))
    assert not record.full
    assert len(record.events) == 3
    assert record.notices == ("programs printed 9571 KiB more than a record keeps of their output",)


def test_a_log_beyond_the_cap_is_said_too() -> None:
    run = Run()
    for _ in range(40):
        run.frame("client", udp(CLIENT, SERVER, bytes(1000)))
    record = run.record(cap=20_000)
    assert record.full
    assert record.notices


def test_what_the_wire_lost_is_said() -> None:
    record = Record(RecordMeta(TWO))
    record.add(FramesLost(START, 7))
    assert record.notices == ("7 frames are not in the record",)


def test_times_of_the_run_have_a_place_on_the_wall_clock() -> None:
    record = stories.talk().record()
    assert record.wall_clock(START + 5) == 1_700_000_000_000_000_005
    first, last = record.ends
    assert first == START
    assert last > START + 2_000_000_000


def test_without_a_wire_there_are_no_frames() -> None:
    record = Record(RecordMeta(TWO))
    assert len(record.frames) == 0
    with pytest.raises(IndexError):
        record.frames.number(1)
