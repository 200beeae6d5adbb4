from __future__ import annotations

from netlab.record.flows import NEVER, PROBE, UNKNOWN, FlowIndex
from tests.record.run import ACK, FIN, PSH, RST, SYN, Run, ipv4, tcp, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
OURS, THEIRS = 2**32 - 3, 700
"""The client's numbers pass zero on the way."""


def out(flags: int, sequence: int, ack: int = 0, payload: bytes = b"") -> tuple[str, bytes]:
    return "client", tcp(CLIENT, SERVER, flags, OURS + sequence, THEIRS + ack, payload)


def back(flags: int, sequence: int, ack: int = 0, payload: bytes = b"") -> tuple[str, bytes]:
    return "server", tcp(SERVER, CLIENT, flags, THEIRS + sequence, OURS + ack, payload)


OPENED = (out(SYN, 0), back(SYN | ACK, 0, 1), out(ACK, 1, 1))


def index(*frames: tuple[str, bytes]) -> FlowIndex:
    run = Run()
    for sender, data in frames:
        run.frame(sender, data)
    record = run.record()
    record.flows.refresh()
    return record.flows


def test_both_directions_are_one_connection_counted_from_its_syns() -> None:
    flows = index(*OPENED)
    assert list(flows.of_frame) == [1, 1, 1]
    (connection,) = flows.connections
    assert connection.ends == (CLIENT, SERVER)
    assert connection.relative(0, (OURS + 6) % 2**32) == 6
    assert connection.relative(1, THEIRS + 1) == 1


def test_a_segment_with_a_number_that_was_passed_was_sent_again() -> None:
    flows = index(*OPENED, out(PSH | ACK, 1, 1, b"hello"), out(PSH | ACK, 6, 1, b"x"), out(PSH | ACK, 1, 1, b"hello"))
    assert list(flows.sent_before) == [NEVER, NEVER, NEVER, NEVER, NEVER, 4]


def test_a_syn_and_a_fin_are_sent_again_too() -> None:
    flows = index(out(SYN, 0), out(SYN, 0), *OPENED[1:], out(FIN | ACK, 1, 1), out(FIN | ACK, 1, 1))
    assert list(flows.sent_before) == [NEVER, 1, NEVER, NEVER, NEVER, 5]


def test_a_piece_of_what_was_sent_is_sent_again_from_somewhere() -> None:
    flows = index(*OPENED, out(PSH | ACK, 1, 1, b"hello world"), out(PSH | ACK, 7, 1, b"world"))
    assert flows.sent_before[-1] == UNKNOWN


def test_a_bare_ack_repeats_nothing_and_one_number_back_it_is_a_probe() -> None:
    flows = index(*OPENED, out(ACK, 1, 1), out(ACK, 0, 1))
    assert list(flows.sent_before[3:]) == [NEVER, PROBE]


def test_a_new_syn_on_the_same_ports_is_a_new_connection() -> None:
    again = "client", tcp(CLIENT, SERVER, SYN, 123456)
    flows = index(*OPENED, out(RST | ACK, 1, 1), again, ("server", tcp(SERVER, CLIENT, SYN | ACK, 99, 123457)))
    assert list(flows.of_frame) == [1, 1, 1, 1, 2, 2]
    assert flows.connections[1].bases == [123456, 99]
    assert flows.sent_before[-1] == NEVER


def test_both_sides_may_open_at_once() -> None:
    flows = index(out(SYN, 0), back(SYN, 0), out(SYN | ACK, 0, 1), back(SYN | ACK, 0, 1))
    assert list(flows.of_frame) == [1, 1, 1, 1]
    assert flows.connections[0].bases == [OURS, THEIRS]


def test_a_connection_that_was_there_before_the_record_counts_from_one() -> None:
    flows = index(out(PSH | ACK, 50, 20, b"late"), back(ACK, 20, 54))
    (connection,) = flows.connections
    assert connection.relative(0, (OURS + 50) % 2**32) == 1
    assert connection.relative(1, THEIRS + 20) == 1


def test_datagrams_between_two_ports_belong_together_and_are_never_sent_again() -> None:
    flows = index(
        ("client", udp(CLIENT, SERVER, b"x")),
        ("server", udp(SERVER, CLIENT, b"x")),
        ("client", udp(CLIENT, SERVER, b"x")),
    )
    assert list(flows.of_frame) == [1, 1, 1]
    assert set(flows.sent_before) == {NEVER}


def test_tcp_and_udp_on_the_same_ports_are_two() -> None:
    flows = index(out(SYN, 0), ("client", udp(CLIENT, SERVER, b"x")))
    assert list(flows.of_frame) == [1, 2]


def test_what_is_no_connection_has_number_zero() -> None:
    flows = index(("client", ipv4("10.0.0.1", "10.0.0.2", 1, bytes(8))), ("client", b"\x02" * 9))
    assert list(flows.of_frame) == [0, 0]


def test_taken_in_pieces_it_is_the_same() -> None:
    run = Run()
    for sequence in range(1, 60):
        run.frame(*out(PSH | ACK, sequence * 1000, 1, bytes(1000)))
        run.frame(*back(ACK, 1, sequence * 1000))
    whole, pieces = FlowIndex(run.record().frames), FlowIndex(run.record().frames)
    whole.refresh()
    while not pieces.refresh(7):
        pass
    assert pieces.dump() == whole.dump()
