"""The ladder as text. The golden files describe it best; `NETLAB_REMAKE=1` makes them anew, to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from netlab.record.cells import width
from netlab.record.events import ActionTaken, ProgramStarted, TerminalInput
from netlab.record.filters import LadderFilter
from netlab.record.ladder import Ladder
from netlab.record.record import Record, RecordMeta
from netlab.record.rows import Kind, Role
from tests.record import stories
from tests.record.run import ACK, PSH, START, TWO, Run, tcp, udp

GOLDEN = Path(__file__).with_name("golden")
CLIENT, SERVER, SECOND = stories.CLIENT, stories.SERVER, stories.SECOND
STORIES = {"talk": stories.talk, "faults": stories.faults, "three": stories.three}


@pytest.mark.parametrize("cells", [60, 80, 100, 160])
@pytest.mark.parametrize("story", STORIES)
def test_a_story_reads_as_in_its_golden_file(story: str, cells: int) -> None:
    text = Ladder(STORIES[story]().record(), cells).text()
    path = GOLDEN / f"{story}-{cells}.txt"
    if os.environ.get("NETLAB_REMAKE") == "1":
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("cells", [60, 61, 73, 80, 99, 119, 120, 133, 200])
@pytest.mark.parametrize("story", STORIES)
def test_no_row_is_wider_than_it_may_be(story: str, cells: int) -> None:
    rows = list(Ladder(STORIES[story]().record(), cells).all_rows())
    assert max(width(row.text) for row in rows) <= cells


@pytest.mark.parametrize("story", STORIES)
def test_what_netlab_says_is_ascii(story: str) -> None:
    theirs = {Role.PAYLOAD, Role.CALL, Role.RESULT, Role.ERROR, Role.TERMINAL}
    rows = Ladder(STORIES[story]().record(), 100).all_rows()
    assert all(span.text.isascii() for row in rows for span in row.spans if span.role not in theirs)


@pytest.mark.parametrize("cells", [60, 160])
def test_any_page_is_the_same_as_that_part_of_the_whole(cells: int) -> None:
    ladder = Ladder(stories.talk().record(), cells)
    whole = ladder.rows()
    assert len(whole) == len(ladder)
    for start in range(len(whole)):
        assert ladder.rows(start, start + 3) == whole[start : start + 3]


@pytest.mark.parametrize("cells", [60, 160])
@pytest.mark.parametrize("story", STORIES)
def test_no_state_is_left_out(story: str, cells: int) -> None:
    record = STORIES[story]().record()
    text = Ladder(record, cells).text()
    for event in record.events:
        if state := getattr(event, "new", ""):
            assert state in text


def test_a_row_knows_its_frame_and_its_calls() -> None:
    ladder = Ladder(stories.talk().record(), 160)
    row = ladder.rows()[ladder.row_of_frame(4)]
    assert (row.kind, row.frame, row.calls) == (Kind.FRAME, 4, ("c.2", "s.2"))
    at = ladder.row_of_call("s.1")
    assert at is not None
    assert "accept() waiting" in ladder.rows()[at].text
    assert ladder.row_of_call("nobody.1") is None


def test_what_happened_by_a_moment_is_the_beginning_of_the_ladder() -> None:
    record = stories.talk().record()
    ladder = Ladder(record, 80)
    for row in ladder.rows():
        count = ladder.row_of_time(row.at)
        assert all(other.at <= row.at for other in ladder.rows(0, count))
        assert all(other.at > row.at for other in ladder.rows(count))


def test_the_past_is_drawn_as_it_was_then() -> None:
    run = Run()
    held = run.frame("client", udp(CLIENT, SERVER, b"wait"), at_once=False)
    run.wait(1).fate(held, "held", rule=65535)
    before = run.now
    run.wait(50).fate(held, "delayed", rule=65535)
    run.frame("server", udp(SERVER, CLIENT, b"at last"))
    record = run.record()

    assert len(Ladder(record, 80)) == 2
    (then,) = Ladder(record, 80, until=before).rows()
    assert then.text.endswith("o held: by hand")


def test_a_ladder_that_is_not_refreshed_stays_as_it_is() -> None:
    record = stories.talk().record()
    ladder = Ladder(record, 80)
    before = ladder.text()
    record.add(ActionTaken(record.ends[1], "mark", "later"))
    assert ladder.text() == before
    assert ladder.refresh()
    assert not ladder.refresh()
    assert "** mark later **" in ladder.text()


def test_calls_that_are_told_late_find_their_place() -> None:
    run = stories.talk()
    late, run.events = sorted(run.events, key=lambda event: getattr(event, "host", ""), reverse=True), []
    record = run.record()
    ladder = Ladder(record, 160)
    for event in late:
        record.add(event)
        ladder.refresh()
    assert ladder.text() == Ladder(stories.talk().record(), 160).text()


def test_of_three_hosts_the_filter_leaves_what_one_has_to_do_with() -> None:
    ladder = Ladder(stories.three().record(), 80, LadderFilter(host="client2"))
    assert [row.frame for row in ladder.rows() if row.frame] == [4, 5, 6, 8]
    assert "client.py:8" not in ladder.text()


def test_the_filter_leaves_one_connection_or_one_protocol() -> None:
    record = stories.three().record()
    one = Ladder(record, 80, LadderFilter(connection=(SERVER, CLIENT)))
    assert [row.frame for row in one.rows() if row.frame] == [1, 2, 3, 7]
    datagrams = Ladder(record, 80, LadderFilter(protocol="udp", calls=False))
    assert [row.frame for row in datagrams.rows()] == [8]
    assert one.row_of_frame(5) == one.row_of_frame(7)


def test_terminals_programs_and_actions_have_rows() -> None:
    record = Record(RecordMeta(TWO))
    record.add(ProgramStarted(START, "server", "server", 7, ("server.py",)))
    record.add(TerminalInput(START + 1, "server", "你好\x1b[31m\n".encode()))
    record.add(ActionTaken(START + 2, "cut", "server"))
    shown = [row.text.split("  ")[-1].strip() for row in Ladder(record, 80, LadderFilter(terminals=True)).rows()]
    assert shown == ["server started", 'server was typed "你好\\x1b[31m\\n"', "** cut server **"]


def test_bytes_of_a_program_never_reach_the_terminal_as_they_are() -> None:
    run = Run()
    run.enter("client", "c.1", "client.py:1", "sendall", "'\x1b]0;title\x07'", CLIENT, SERVER)
    run.frame("client", tcp(CLIENT, SERVER, PSH | ACK, 1, 1, b"\x1b]0;title\x07\r\n\xff"))
    run.leave("client", "c.1", error="OSError: \x1b[2J", local=CLIENT, remote=SERVER)
    for cells in (60, 160):
        assert "".join(Ladder(run.record(), cells).text().splitlines()).isprintable()


def test_sack_blocks_a_closed_window_and_a_probe_are_told() -> None:
    run = Run()
    blocks = bytes.fromhex("0101 050a") + (1_001).to_bytes(4) + (2_001).to_bytes(4)
    run.frame("client", tcp(CLIENT, SERVER, PSH | ACK, 1, 1, bytes(10)))
    run.frame("server", tcp(SERVER, CLIENT, ACK, 1, 11, window=0))
    run.frame("client", tcp(CLIENT, SERVER, ACK, 10, 1))
    run.frame("server", tcp(SERVER, CLIENT, ACK, 1, 11, options=blocks + b"\x01" * 0))
    rows = [row.text for row in Ladder(run.record(), 100).rows()]
    assert "win=0" in rows[1]
    assert rows[2].endswith("| probe")


def test_a_refused_connection_joins_the_reset() -> None:
    run = Run()
    run.enter("client", "c.1", "client.py:6", "connect", "", remote=SERVER)
    run.wait(0.1).frame("client", tcp(CLIENT, SERVER, 2, 100))
    run.wait(0.1).frame("server", tcp(SERVER, CLIENT, 4 | ACK, 0, 101))
    run.wait(0.1).leave("client", "c.1", error="ConnectionRefusedError: [Errno 111]", local=CLIENT, remote=SERVER)
    first, second = Ladder(run.record(), 160).rows()
    assert "client.py:6 connect()" in first.text
    assert "raised ConnectionRefusedError" in second.text
    assert "RST,ACK seq=0 ack=1" in second.text
