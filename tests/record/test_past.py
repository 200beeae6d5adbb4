"""A record is looked at as it was at any of its moments."""

from __future__ import annotations

from netlab.record import past, wirelog
from netlab.record.events import ProgramExited, ProgramStarted, TerminalOutput
from netlab.record.ladder import Ladder
from netlab.record.record import Record
from tests.record.run import START, SYN, Run, tcp

MS = 1_000_000
SEGMENT = tcp(("10.0.0.1", 40112), ("10.0.0.2", 7788), SYN, 100)


def story() -> Record:
    """A program that printed twice and was started again, a frame that was dropped by hand 30 ms after it came."""
    run = Run()
    run.events += [
        ProgramStarted(START + 1 * MS, "server", "server", 7, ("server.py",)),
        TerminalOutput(START + 2 * MS, "server", b"up\r\n"),
        TerminalOutput(START + 4 * MS, "client", b"who? "),
        TerminalOutput(START + 6 * MS, "server", b"bye\r\n"),
        ProgramExited(START + 8 * MS, "server", -15),
        ProgramStarted(START + 9 * MS, "server", "server", 8, ("server.py",)),
    ]
    run.wait(10)
    run.log += wirelog.action_entry("freeze", "", (), run.now)
    number = run.wait(10).frame("client", SEGMENT, at_once=False)
    run.fate(number, "queued")
    run.wait(30).fate(number, "dropped", rule=wirelog.BY_HAND)
    run.log += wirelog.action_entry("drop", "", (number,), run.now)
    run.wait(10)
    run.log += wirelog.action_entry("thaw", "", (), run.now)
    return run.record()


def test_what_stood_on_a_terminal_and_how_its_program_was() -> None:
    record = story()
    assert past.program_at(record, "server", START) == past.ProgramThen(False, b"", None)
    assert past.program_at(record, "server", START + 2 * MS) == past.ProgramThen(True, b"up\r\n", None)
    assert past.program_at(record, "server", START + 8 * MS) == past.ProgramThen(True, b"up\r\nbye\r\n", -15)
    assert past.program_at(record, "server") == past.ProgramThen(True, b"", None)


def test_how_the_wire_was() -> None:
    record = story()
    assert past.wire_at(record, START) == past.WireThen()
    assert past.wire_at(record, START + 25 * MS) == past.WireThen(frozen=True, queued=(1,))
    assert past.wire_at(record, START + 50 * MS) == past.WireThen(frozen=True)
    assert past.wire_at(record, START + 60 * MS) == past.WireThen()


def test_a_frame_reads_as_it_did_then() -> None:
    """Queued by a frozen wire, laid aside by hand, let go, and on a slow way to its end."""
    run = Run()
    number = run.frame("client", SEGMENT, at_once=False)
    for fate in ("queued", "held", "travelling", "delayed"):
        run.fate(number, fate)
        run.wait(10)
    record = run.record()
    moments = range(START, START + 40 * MS, 10 * MS)
    ends = [Ladder(record, 80, until=moment).rows()[-1].text.rpartition("o ")[2] for moment in moments]
    assert ends[:3] == ["waiting", "held", "on its way"]
    assert "->" in ends[3]
    assert ends[3].endswith("late, 30 ms")
    waiting = [(then.queued, then.held) for then in (past.wire_at(record, moment) for moment in moments)]
    assert waiting == [((1,), ()), ((), (1,)), ((), ()), ((), ())]


def test_every_turn_of_a_frame_is_a_moment_of_its_own() -> None:
    """What happens within a blink of the frame's coming is none."""
    run = Run()
    number = run.frame("client", SEGMENT, at_once=False)
    for fate in ("queued", "held"):
        run.wait(0.1).fate(number, fate)
    run.wait(10).fate(number, "delayed")
    run.wait(10).frame("server", SEGMENT)
    record = run.record()
    moments = [START]
    while (later := past.after(record, moments[-1])) is not None:
        moments.append(later)
    assert [at - START for at in moments] == [0, 10_200_000, 20_200_000]
    assert past.before(record, moments[2]) == moments[1]
    assert past.before(record, moments[1]) == moments[0]


def test_one_thing_at_a_time_back_and_forth() -> None:
    record = story()
    times = [record.ends[1]]
    while (earlier := past.before(record, times[-1])) != times[-1]:
        times.append(earlier)
    assert [(at - START) // MS for at in times] == [60, 50, 20, 10, 9, 8, 6, 4, 2, 1]
    assert past.after(record, times[-1]) == times[-2]
    assert past.after(record, times[0]) is None


def test_a_place_on_the_slider_is_a_moment_and_the_other_way_round() -> None:
    record = story()
    begun, ended = record.ends
    assert [past.at_share(record, share) for share in (-1, 0, 1, 7)] == [begun, begun, ended, ended]
    assert past.share_at(record, past.at_share(record, 0.25)) == 0.25


def test_an_empty_record_has_no_past() -> None:
    record = Run().record()
    assert past.before(record, START) == START
    assert past.after(record, START) is None
    assert past.share_at(record, START) == 0.0
