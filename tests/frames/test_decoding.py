from __future__ import annotations

from random import Random

import pytest

from netlab.frames.checksums import checksums, internet_checksum
from netlab.frames.decoding import decode
from netlab.frames.fields import fields, name
from netlab.frames.tcp import flags_text
from netlab.frames.values import address_text
from tests.frames import generating
from tests.record.run import ACK, PSH, SYN, ethernet, ipv4, tcp, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
HANDSHAKE = bytes.fromhex("020405b4 0402 080a00000007 00000000 01 030307")


def test_a_segment_has_its_addresses_numbers_flags_and_payload() -> None:
    frame = decode(tcp(CLIENT, SERVER, PSH | ACK, 100, 200, b"hello"))

    assert frame.malformed is None
    assert frame.ip is not None
    assert address_text(frame.ip.source) == "10.0.0.1"
    assert frame.tcp is not None
    assert (frame.tcp.source_port, frame.tcp.destination_port) == (40112, 7788)
    assert (frame.tcp.sequence, frame.tcp.acknowledgement, frame.tcp.window) == (100, 200, 502)
    assert flags_text(frame.tcp.flags) == "PSH,ACK"
    assert frame.payload == b"hello"


def test_the_options_of_a_linux_syn() -> None:
    segment = decode(tcp(CLIENT, SERVER, SYN, 100, options=HANDSHAKE)).tcp

    assert segment is not None
    assert (segment.mss, segment.sack_permitted, segment.window_scale) == (1460, True, 7)
    assert segment.timestamps == (7, 0)
    assert segment.sack_blocks == ()


def test_sack_blocks_are_pairs() -> None:
    options = bytes.fromhex("0101 0512 00000001 00000005 00000009 0000000b")
    segment = decode(tcp(CLIENT, SERVER, ACK, 1, options=options)).tcp
    assert segment is not None
    assert segment.sack_blocks == ((1, 5), (9, 11))


def test_padding_of_a_short_frame_is_no_payload() -> None:
    frame = decode(tcp(CLIENT, SERVER, ACK, 1).ljust(60, b"\0"))
    assert frame.payload == b""


def test_a_datagram_may_be_empty() -> None:
    frame = decode(udp(CLIENT, SERVER, b""))
    assert frame.udp is not None
    assert (frame.udp.length, frame.payload) == (8, b"")


def test_a_later_fragment_is_payload_of_ip_and_nothing_else() -> None:
    frame = decode(ipv4("10.0.0.1", "10.0.0.2", 6, b"looks like no header", fragment=0x2003))
    assert frame.is_fragment
    assert frame.tcp is None
    assert frame.malformed is None
    assert frame.payload == b"looks like no header"


def test_a_first_fragment_shows_the_header_that_it_holds() -> None:
    whole = udp(CLIENT, SERVER, bytes(100))[34:]
    frame = decode(ipv4("10.0.0.1", "10.0.0.2", 17, whole[:48], fragment=0x2000))
    assert frame.udp is not None
    assert frame.malformed is None
    assert len(frame.payload) == 40


def test_arp_asks_and_is_no_internet_packet() -> None:
    packet = bytes.fromhex("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002")
    frame = decode(ethernet("10.0.0.1", "10.0.0.2", 0x0806, packet))
    assert frame.arp is not None
    assert (frame.arp.operation, address_text(frame.arp.target_protocol)) == (1, "10.0.0.2")
    assert frame.ip is None


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("00000000000000000000000000000000", "::"),
        ("00000000000000000000000000000001", "::1"),
        ("20010db8000000000001000000000001", "2001:db8::1:0:0:1"),
        ("20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"),
        ("fe800000000000000000000000000000", "fe80::"),
    ],
)
def test_ipv6_addresses_are_written_as_rfc_5952_says(address: str, text: str) -> None:
    assert address_text(bytes.fromhex(address)) == text


def changed(data: bytes, at: int, *values: int) -> bytes:
    return data[:at] + bytes(values) + data[at + len(values) :]


SEGMENT = tcp(CLIENT, SERVER, ACK, 1, payload=b"hello", options=HANDSHAKE)


@pytest.mark.parametrize(
    ("data", "why", "at_byte"),
    [
        (b"\x02" * 13, "Ethernet: 14 bytes needed, 13 there", 13),
        (SEGMENT[:30], "IPv4: 20 bytes needed, 16 there", 30),
        (changed(SEGMENT, 14, 0x65), "IPv4: version 4 needed, 6 there", 14),
        (changed(SEGMENT, 14, 0x44), "IPv4: header length 16, 65 bytes there", 14),
        (SEGMENT[:-1], "IPv4: total length 65, 64 bytes there", 16),
        (changed(SEGMENT, 16, 0, 19), "IPv4: total length 19 is less than the header's 20", 16),
        (changed(SEGMENT, 16, 0, 39), "TCP: 20 bytes needed, 19 there", 53),
        (changed(SEGMENT, 46, 0x40), "TCP: header length 16, 45 bytes there", 46),
        (changed(SEGMENT, 46, 0xF0), "TCP: header length 60, 45 bytes there", 46),
        (changed(SEGMENT, 55, 5), "TCP: option 2 of length 5, 20 bytes there", 55),
        (changed(SEGMENT, 72, 9), "TCP: option 3 of length 9, 3 bytes there", 72),
        (changed(udp(CLIENT, SERVER, b"hello"), 38, 0, 7), "UDP: length 7, 13 bytes there", 38),
        (changed(udp(CLIENT, SERVER, b"hello"), 38, 0, 14), "UDP: length 14, 13 bytes there", 38),
    ],
)
def test_what_is_malformed_says_why_and_at_which_byte(data: bytes, why: str, at_byte: int) -> None:
    malformed = decode(data).malformed
    assert malformed is not None
    assert (malformed.why, malformed.at_byte) == (why, at_byte)


def test_the_layers_before_the_bad_byte_are_there() -> None:
    frame = decode(changed(SEGMENT, 46, 0x40))
    assert [name(layer) for layer in frame.layers] == ["Ethernet", "IPv4"]


def test_every_beginning_of_every_kind_of_frame_is_decoded_and_never_an_error() -> None:
    random = Random("prefixes")
    for data in (generating.frame(random) for _ in range(50)):
        for length in range(len(data)):
            look_at_everything(data[:length])


def test_no_mutation_is_an_error() -> None:
    random = Random("hostile")
    for _ in range(1500):
        look_at_everything(generating.mutated(random, generating.frame(random)))
    for _ in range(1000):
        look_at_everything(random.randbytes(random.randint(0, 120)))


def look_at_everything(data: bytes) -> None:
    """Every field lies within the frame, in order within its layer; malformed bytes do, or end it."""
    frame = decode(data)
    assert frame.payload_start <= frame.payload_end <= len(data)
    for layer in frame.layers:
        assert all(0 <= field.start < field.end <= len(data) for field in fields(layer) if field.end > field.start)
    if frame.malformed:
        assert 0 <= frame.malformed.at_byte <= len(data)
    if frame.tcp:
        assert frame.tcp.sack_blocks is not None
        assert (frame.tcp.mss, frame.tcp.timestamps, frame.tcp.window_scale) is not None
    checksums(frame)


def test_fields_cover_every_byte_of_every_header() -> None:
    frame = decode(SEGMENT)
    covered = {byte for layer in frame.layers for field in fields(layer) for byte in range(field.start, field.end)}
    assert covered == set(range(frame.payload_start))


def test_fields_say_what_stands_in_the_bytes() -> None:
    frame = decode(SEGMENT)
    said = {field.id: field.text for layer in frame.layers for field in fields(layer)}
    assert said["eth.src"] == "02:00:00:00:00:01"
    assert said["ip.ttl"] == "64 hops"
    assert said["tcp.dstport"] == "7788"
    assert said["tcp.options.mss"] == "1460 bytes"
    assert said["tcp.options.timestamp"] == "7, echo of 0"


def test_checksums_are_verified_when_asked_for() -> None:
    assert [found.right for found in checksums(decode(SEGMENT))] == [True, True]

    damaged = checksums(decode(changed(SEGMENT, len(SEGMENT) - 1, 0)))
    assert [(found.protocol, found.right) for found in damaged] == [("IPv4", True), ("TCP", False)]


def test_a_datagram_without_checksum_has_none_to_verify() -> None:
    frame = decode(changed(udp(CLIENT, SERVER, b"hello"), 40, 0, 0))
    assert [found.protocol for found in checksums(frame)] == ["IPv4"]


@pytest.mark.parametrize(("data", "checksum"), [("", 0xFFFF), ("0000", 0xFFFF), ("ffff", 0), ("ffff0001", 0xFFFE)])
def test_the_internet_checksum_has_no_two_zeros(data: str, checksum: int) -> None:
    assert internet_checksum(bytes.fromhex(data)) == checksum


def test_the_internet_checksum_is_that_of_rfc_1071_section_3() -> None:
    assert internet_checksum(bytes.fromhex("0001f203f4f5f6f7")) == ~0xDDF2 & 0xFFFF
    assert internet_checksum(b"\x01") == internet_checksum(b"\x01\x00")
