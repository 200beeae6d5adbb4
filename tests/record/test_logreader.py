from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest

from netlab.record import wirelog
from netlab.record.events import ActionTaken, Fate, FramesLost, StateChanged
from netlab.record.logreader import WireLog
from netlab.record.store import FrameStore
from tests.record.run import START, THREE, TWO, Run, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
HELLO = udp(CLIENT, SERVER, b"hello")


@pytest.fixture
def log() -> Iterator[int]:
    with tempfile.TemporaryFile() as file:
        yield file.fileno()


def reader(log: int, hosts: tuple[tuple[str, str], ...] = TWO) -> WireLog:
    return WireLog(log, FrameStore(hosts, log, rules=("no SYN",)))


def append(log: int, data: bytes) -> None:
    os.pwrite(log, data, os.fstat(log).st_size)


def frame(data: bytes = HELLO, host: int = 0, flags: int = 1, at: int = START) -> bytes:
    return wirelog.frame_header(host, flags, len(data), at) + data


def test_the_names_of_fates_are_those_of_the_events() -> None:
    assert tuple(Fate) == wirelog.FATES


def test_a_frame_comes_out_as_it_went_in(log: int) -> None:
    append(log, frame())
    following = reader(log)
    following.refresh()

    (seen,) = following.frames
    assert (seen.number, seen.sender, seen.at, seen.data) == (1, "client", START, HELLO)
    assert (seen.fate, seen.fated_at, seen.receivers) == (Fate.DELIVERED, START, ("server",))


def test_every_step_of_a_growing_log_is_taken_once_and_no_half_entry(log: int) -> None:
    whole = frame() + wirelog.lost_entry(3, START) + frame(host=1)
    following = reader(log)
    found = []
    for byte in whole:
        append(log, bytes([byte]))
        found += following.refresh()

    assert [seen.sender for seen in following.frames] == ["client", "server"]
    assert found == [FramesLost(START, 3)]
    assert following.position == len(whole)


def test_a_later_fate_replaces_the_one_before(log: int) -> None:
    append(log, frame(flags=0))
    following = reader(log)
    following.refresh()
    assert (following.frames[0].fate, following.frames[0].fated_at) == (Fate.TRAVELLING, 0)

    append(log, wirelog.fate_entry(1, wirelog.FATES.index("held"), START + 5, rule=1))
    following.refresh()
    held = following.frames[0]
    assert (held.fate, held.fated_at, held.rule, held.receivers) == (Fate.HELD, 0, "no SYN", ())

    append(log, wirelog.fate_entry(1, wirelog.FATES.index("delayed"), START + 9, rule=wirelog.BY_HAND, text="5 ns"))
    following.refresh()
    late = following.frames[0]
    assert (late.fate, late.fated_at, late.rule, late.receivers) == (Fate.DELAYED, START + 9, "by hand", ("server",))
    assert following.frames.detail(1) == "5 ns"


def test_what_a_frame_met_before_its_last_fate_is_known(log: int) -> None:
    """A second: queued, then held by hand, then let go; the frame beside it met one fate, and has no history."""
    fates = (("queued", 10, 0), ("held", 20, wirelog.BY_HAND), ("delayed", 30, wirelog.BY_HAND))
    append(log, frame(flags=0) + frame())
    for name, at, rule in fates:
        append(log, wirelog.fate_entry(1, wirelog.FATES.index(name), START + at * 1_000_000, rule=rule))
    following = reader(log)
    following.refresh()

    then = [following.frames.as_of(1, START + at * 1_000_000) for at in (5, 10, 19, 20, 30, 99)]
    assert [(seen.fate.value, seen.rule, seen.fated_at and seen.fated_at - START) for seen in then] == [
        ("travelling", "", 0),
        ("queued", "", 0),
        ("queued", "", 0),
        ("held", "by hand", 0),
        ("delayed", "by hand", 30_000_000),
        ("delayed", "by hand", 30_000_000),
    ]
    assert [following.frames.as_of(n, None) == following.frames.number(n) for n in (1, 2)] == [True, True]
    assert following.frames.as_of(2, START).fate is Fate.DELIVERED
    assert len(following.frames.history) == 2


def test_a_fate_that_came_in_a_blink_was_there_from_the_start(log: int) -> None:
    append(log, frame(flags=0))
    append(log, wirelog.fate_entry(1, wirelog.FATES.index("queued"), START + 40_000))
    append(log, wirelog.fate_entry(1, wirelog.FATES.index("dropped"), START + 5_000_000))
    following = reader(log)
    following.refresh()
    assert [following.frames.as_of(1, START + at).fate for at in (0, 5_000_000)] == [Fate.QUEUED, Fate.DROPPED]


def test_a_broadcast_is_for_everybody_else(log: int) -> None:
    append(log, frame(b"\xff" * 6 + HELLO[6:], host=1))
    following = reader(log, THREE)
    following.refresh()
    assert following.frames[0].receivers == ("client", "client2")


def test_states_and_actions_are_events(log: int) -> None:
    append(log, wirelog.state_entry(1, "tcp", SERVER, ("", 0), "BOUND", "LISTEN", 0, START))
    append(log, wirelog.action_entry("cut", "server", [4], START + 1))
    assert reader(log).refresh() == [
        StateChanged(START, "server", "tcp", SERVER, ("", 0), "BOUND", "LISTEN", 0),
        ActionTaken(START + 1, "cut", "server", (4,)),
    ]


def test_frames_that_came_when_the_record_was_full_are_counted(log: int) -> None:
    append(log, frame() * 3)
    following = reader(log)
    following.refresh(full=True)
    assert (len(following.frames), following.skipped) == (0, 3)


@pytest.mark.parametrize(
    "nonsense",
    [
        wirelog.HEADER.pack(9, 0, 0, 0, START),
        wirelog.HEADER.pack(wirelog.KIND_STATE, 0, 0, 2, START) + b"{}",
        wirelog.HEADER.pack(wirelog.KIND_ACTION, 0, 0, 3, START) + b"\xff\xfe\xfd",
        wirelog.HEADER.pack(wirelog.KIND_LOST, 0, 0, 1, START) + b"\0",
    ],
)
def test_nonsense_ends_the_reading_and_says_where(log: int, nonsense: bytes) -> None:
    append(log, frame() + nonsense + frame())
    following = reader(log)
    following.refresh()
    assert len(following.frames) == 1
    assert following.broken == f"the wire's log makes no sense at byte {len(frame())}"


def test_a_clock_that_seems_to_go_back_does_not_change_the_order(log: int) -> None:
    append(log, frame(at=START + 10) + frame(at=START + 7) + frame(at=START + 12))
    following = reader(log)
    following.refresh()
    assert [following.frames.at(n) - START for n in (1, 2, 3)] == [10, 10, 12]
    assert following.frames.count_until(START + 10) == 2


def test_there_is_no_frame_zero() -> None:
    run = Run()
    run.frame("client", HELLO)
    frames = run.record().frames
    with pytest.raises(IndexError, match="no number 0"):
        frames.number(0)
    assert frames[-1].number == 1
