"""The ways of both ends of a connection through the states."""

from __future__ import annotations

from pathlib import Path

from netlab.record.events import StateChanged
from netlab.record.record import Record
from netlab.record.saving import open_record
from netlab.record.states import connections, moments, paths
from tests.record.run import ACK, RST, SYN, Run, tcp
from tests.record.stories import CLIENT, SERVER

CHAT = Path(__file__).parent.parent / "app" / "data" / "chat.netlab"
ANY = ("0.0.0.0", 0)


def chat() -> Record:
    record = open_record(CHAT)
    record.flows.refresh()
    return record


def test_both_ends_from_closed_to_where_they_are() -> None:
    record = chat()
    client, server = paths(record, connections(record)[0])
    assert client.states == ("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT")
    assert server.states == ("CLOSED", "LISTEN", "SYN-RECV", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED")
    assert (client.host, client.state, client.steps[-1].frame) == ("client", "TIME-WAIT", 16)


def test_as_they_were_at_a_moment() -> None:
    record = chat()
    connection = connections(record)[0]
    changes = moments(record, connection)
    assert [step.state for step in changes[:3]] == ["LISTEN", "SYN-SENT", "SYN-RECV"]
    assert [end.state for end in paths(record, connection, changes[2].at)] == ["SYN-SENT", "SYN-RECV"]
    assert [end.state for end in paths(record, connection, changes[0].at)] == ["CLOSED", "CLOSED"]


def test_the_same_ports_again_are_another_connection() -> None:
    run = Run()
    first = run.frame("client", tcp(CLIENT, SERVER, SYN, 1000))
    run.wait(1)
    gone = run.frame("server", tcp(SERVER, CLIENT, RST | ACK, 0, 1001))
    run.wait(1000)
    again = run.frame("client", tcp(CLIENT, SERVER, SYN, 900_000_000))
    record = run.record()
    for old, new, frame in (("CLOSED", "SYN-SENT", first), ("SYN-SENT", "CLOSED", gone), ("CLOSED", "SYN-SENT", again)):
        at = record.frames.at(frame)
        record.add(StateChanged(at, "client", "tcp", CLIENT, SERVER, old, new, 0))
    record.flows.refresh()
    before, after = connections(record)
    assert paths(record, before)[0].states == ("CLOSED", "SYN-SENT", "CLOSED")
    assert paths(record, after)[0].states == ("CLOSED", "SYN-SENT")


def test_a_listening_socket_may_be_found_after_its_first_connection() -> None:
    run = Run()
    number = run.frame("client", tcp(CLIENT, SERVER, SYN, 1000))
    record = run.record()
    at = record.frames.at(number)
    record.add(StateChanged(at, "server", "tcp", SERVER, CLIENT, "CLOSED", "SYN-RECV", number))
    record.add(StateChanged(at + 20, "server", "tcp", SERVER, ANY, "CLOSED", "LISTEN", 0))
    record.flows.refresh()
    connection = connections(record)[0]
    assert paths(record, connection)[1].states == ("CLOSED", "LISTEN", "SYN-RECV")
    assert [step.at for step in moments(record, connection)] == [at, at]


def test_a_server_that_listened_no_more_has_no_listen_before_its_connection() -> None:
    run = Run()
    number = run.frame("client", tcp(CLIENT, SERVER, SYN, 1000))
    record = run.record()
    at = record.frames.at(number)
    for event in (
        StateChanged(at - 20, "server", "tcp", SERVER, ANY, "CLOSED", "LISTEN", 0),
        StateChanged(at - 10, "server", "tcp", SERVER, ANY, "LISTEN", "CLOSED", 0),
        StateChanged(at, "server", "tcp", SERVER, CLIENT, "CLOSED", "SYN-RECV", number),
    ):
        record.add(event)
    record.flows.refresh()
    assert paths(record, connections(record)[0])[1].states == ("CLOSED", "SYN-RECV")
