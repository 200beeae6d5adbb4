"""A frame taken apart, and its bytes as a dump."""

from __future__ import annotations

from netlab.app.hexdump import byte_at, dump_row, dump_width, rows
from netlab.app.outline import entry_at, outline
from netlab.frames.decoding import decode
from tests.record.run import ACK, PSH, SYN, Run, tcp
from tests.record.stories import CLIENT, OURS, SERVER, THEIRS

SEGMENT = tcp(CLIENT, SERVER, PSH | ACK, OURS + 1, THEIRS + 1, b"hello")


def test_every_layer_and_the_payload_in_the_order_of_their_bytes() -> None:
    groups = outline(decode(SEGMENT))
    assert [group.head.id for group in groups] == ["layer.ethernet", "layer.ipv4", "layer.tcp", "layer.payload"]
    assert groups[2].head.text == "40112 > 7788 PSH,ACK"
    assert groups[3].head.text == '5 B "hello"'
    assert [group.head.end for group in groups] == [14, 34, 54, 59]


def test_numbers_are_counted_from_the_connections_beginning_and_checksums_verified() -> None:
    run = Run()
    run.frame("client", tcp(CLIENT, SERVER, SYN, OURS))
    run.frame("server", tcp(SERVER, CLIENT, SYN | ACK, THEIRS, OURS + 1))
    run.frame("client", SEGMENT)
    record = run.record()
    record.flows.refresh()
    fields = {entry.id: entry for entry in outline(decode(SEGMENT), record.flows.connection(3))[2].fields}
    assert (fields["tcp.seq"].text, fields["tcp.seq"].wire) == ("1", str(OURS + 1))
    assert fields["tcp.ack"].text == "1"
    assert fields["tcp.checksum"].right is True
    assert fields["tcp.srcport"].right is None


def test_a_damaged_frame_says_what_its_checksum_ought_to_be() -> None:
    damaged = SEGMENT[:-1] + b"O"
    checksum = next(entry for entry in outline(decode(damaged))[2].fields if entry.id == "tcp.checksum")
    assert checksum.right is False
    assert checksum.ought.startswith("0x")


def test_what_is_malformed_or_nobodys_is_there_as_well() -> None:
    assert outline(decode(SEGMENT[:40]))[-1].head.id == "layer.malformed"
    padded = outline(decode(tcp(CLIENT, SERVER, ACK, 1, 1).ljust(60, b"\0")))
    assert (padded[-1].head.id, padded[-1].head.text) == ("layer.padding", "6 B")
    assert outline(decode(b""))[-1].head.id == "layer.malformed"


def test_a_byte_belongs_to_the_smallest_field_over_it() -> None:
    groups = outline(decode(SEGMENT))
    assert [entry.id for at in (0, 30, 36, 56) if (entry := entry_at(groups, at))] == [
        "eth.dst", "ip.dst", "tcp.dstport", "layer.payload",
    ]  # fmt: skip
    assert entry_at(groups, 400) is None


def test_lit_bytes_stand_in_brackets() -> None:
    data = b"abcdefghijklmnopqr"
    lines = ["".join(run.text for run in dump_row(data, row, 8, range(6, 11))) for row in range(rows(len(data), 8))]
    assert lines == [
        "0000  61 62 63 64 65 66[67 68] |abcdefgh|",
        "0008 [69 6a 6b]6c 6d 6e 6f 70  |ijklmnop|",
        "0010  71 72                    |qr      |",
    ]
    assert {len(line) for line in lines} == {dump_width(8)}


def test_every_drawn_byte_can_be_clicked() -> None:
    for per_row in (8, 16):
        for at in range(per_row, 2 * per_row):
            column = at - per_row
            assert byte_at(6 + 3 * column, 1, per_row) == at
            assert byte_at(8 + 3 * per_row + column, 1, per_row) == at
    assert byte_at(0, 0, 8) == -1
