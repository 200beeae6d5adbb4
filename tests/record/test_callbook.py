"""Which calls a frame has to do with, which frames a call has, and who waits."""

from __future__ import annotations

from pathlib import Path

from netlab.record.callbook import CallBook
from netlab.record.calls import Call, Links
from netlab.record.events import ProgramExited
from netlab.record.record import Record
from netlab.record.saving import open_record
from tests.record.run import ACK, PSH, START, Run, tcp
from tests.record.stories import CLIENT, SERVER, talk

CHAT = Path(__file__).parent.parent / "app" / "data" / "chat.netlab"


def book_of(record: Record, until: int | None = None) -> CallBook:
    record.flows.refresh()
    book = CallBook(record, until)
    book.refresh()
    return book


def names(calls: list[Call] | tuple[Call, ...]) -> list[str]:
    return [f"{call.entered.file}:{call.entered.line} {call.entered.function}" for call in calls]


def test_a_frame_knows_the_call_that_caused_it_and_those_that_it_woke() -> None:
    book = book_of(open_record(CHAT))
    found = book.of_frame(4)
    assert found.caused_by is not None
    assert names([found.caused_by]) == ["client.py:22 sendall"]
    assert names(found.woke) == ["server.py:21 recv"]
    assert found.ids == {found.caused_by.entered.call, found.woke[0].entered.call}
    assert names(book.of_frame(3).woke) == ["server.py:37 accept", "client.py:33 connect"]


def test_an_acknowledgement_is_the_kernels_own() -> None:
    found = book_of(open_record(CHAT)).of_frame(5)
    assert (found.caused_by, found.woke) == (None, ())


def test_a_call_knows_its_frames() -> None:
    book = book_of(talk().record())
    assert book.links("c.2") == Links(caused=4)
    assert book.links("s.2") == Links(woken=4)
    assert book.links("no such call") == Links()


def test_a_segment_sent_again_was_caused_by_what_sent_it_first() -> None:
    found = book_of(talk().record()).of_frame(7)
    assert found.caused_by is not None
    assert found.caused_by.entered.call == "c.3"


def test_who_waits_is_told_for_any_moment() -> None:
    run = talk()
    record = run.record()
    assert names(book_of(record, START + 13_000_000).waiting()) == ["server.py:9 accept", "client.py:6 connect"]
    assert book_of(record).waiting() == []


def test_a_program_that_ended_waits_for_nothing() -> None:
    run = talk()
    run.wait(1)
    run.enter("server", "s.9", "server.py:11", "recv")
    record = run.record()
    book = book_of(record)
    assert names(book.waiting()) == ["server.py:11 recv"]
    record.add(ProgramExited(run.now + 1, "server", -15))
    book.refresh()
    assert book.waiting() == []


def test_what_was_lost_or_kept_wakes_nobody() -> None:
    run = Run()
    run.enter("server", "1", "server.py:9", "recv", local=SERVER, remote=CLIENT)
    lost, kept, came = (
        run.wait(200).frame("client", tcp(CLIENT, SERVER, PSH | ACK, 101, 301, b"hello"), at_once=False)
        for _ in range(3)
    )
    run.fate(lost, "dropped")
    run.wait(10).fate(came, "delivered")
    run.wait(1).leave("server", "1", "b'hello'", local=SERVER, remote=CLIENT)
    run.wait(10).fate(kept, "delayed")
    assert book_of(run.record()).links("1").woken == came
