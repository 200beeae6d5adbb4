"""Whose a socket is, from the calls that were made on it."""

from __future__ import annotations

from dataclasses import replace

from netlab.record.events import CallEntered
from netlab.record.owners import Owner, owner
from netlab.record.record import Record
from tests.record.run import Run
from tests.record.stories import CLIENT, SECOND, SERVER, handshake, talk


def calls(record: Record, function: str) -> list[CallEntered]:
    return [event for event in record.events if isinstance(event, CallEntered) and event.function == function]


def test_both_ends_belong_to_the_programs_whose_calls_were_made_on_them() -> None:
    record = talk().record()
    client, server = owner(record, "client", CLIENT, SERVER), owner(record, "server", SERVER, CLIENT)
    assert client is not None
    assert server is not None
    assert (client.program, server.program) == ("client", "server")
    assert owner(record, "client", SECOND, SERVER, until=record.ends[0] - 1) is None


def test_before_the_addresses_are_known_it_is_who_connects_or_listens() -> None:
    run = Run()
    run.enter("server", "s.0", "server.py:8", "listen", "1", local=SERVER)
    handshake(run)
    record = run.record()
    connected = calls(record, "connect")[0].at
    assert owner(record, "client", CLIENT, SERVER, until=connected) is not None
    waiting = owner(record, "server", SERVER, CLIENT, until=connected)
    assert waiting is not None
    assert waiting.program == "server"


def test_of_a_forking_server_it_is_the_child_that_serves() -> None:
    run = Run()
    handshake(run)
    record = run.record()
    last = calls(record, "accept")[-1]
    serving = replace(last, at=last.at + 10**9, pid=99, call="x", function="recv", local=SERVER, remote=CLIENT)
    record.add(serving)
    assert owner(record, "server", SERVER, CLIENT) == Owner("server", "server", 99)
