"""Frames from a seed: every protocol that netlab decodes, right in every byte, and the same with bytes changed."""

from __future__ import annotations

from random import Random
from struct import pack

from netlab.frames.checksums import internet_checksum

V4 = ("10.0.0.1", "10.0.0.2", "10.0.0.3")


def _bytes(random: Random, most: int) -> bytes:
    return random.randbytes(random.choice((0, 1, 2, 17, random.randint(0, most))))


def _sum(data: bytes, at: int, pseudo: bytes = b"") -> bytes:
    """The same bytes with their checksum put in."""
    checksum = internet_checksum(pseudo + data)
    return data[:at] + pack("!H", checksum) + data[at + 2 :]


def tcp_options(random: Random) -> bytes:
    """Any of those that Linux sends, and unknown ones, padded to words."""
    choices = (
        pack("!BBH", 2, 4, random.randint(1, 65535)),
        pack("!BBB", 3, 3, random.randint(0, 14)),
        b"\x04\x02",
        pack("!BBII", 8, 10, random.getrandbits(32), random.getrandbits(32)),
        pack("!BBII", 5, 10, random.getrandbits(32), random.getrandbits(32)),
        pack("!BBIIII", 5, 18, *(random.getrandbits(32) for _ in range(4))),
        b"\x01",
    )
    found = b"".join(random.sample(choices, random.randint(0, 3)))
    return (found + b"\x01" * (-len(found) % 4))[:40]


def tcp(random: Random, pseudo: bytes) -> bytes:
    """A segment."""
    options, payload = tcp_options(random), _bytes(random, 400)
    bits = (20 + len(options)) // 4 << 12 | random.choice((2, 18, 16, 24, 17, 20, 4, 25, 0xC2, random.getrandbits(8)))
    ends = random.randint(1024, 65535), random.randint(1024, 65535)
    head = pack("!HHIIHHHH", *ends, random.getrandbits(32), random.getrandbits(32), bits, random.getrandbits(16), 0, 0)
    data = head + options + payload
    return _sum(data, 16, pseudo + pack("!HH", 6, len(data)))


def udp(random: Random, pseudo: bytes) -> bytes:
    """A datagram."""
    payload = _bytes(random, 400)
    ends = random.randint(1024, 65535), random.randint(1024, 65535)
    data = pack("!HHHH", *ends, 8 + len(payload), 0) + payload
    summed = _sum(data, 6, pseudo + pack("!HH", 17, len(data)))
    return summed if summed[6:8] != b"\0\0" else summed[:6] + b"\xff\xff" + summed[8:]


def icmp(random: Random, pseudo: bytes) -> bytes:
    """An echo, or its answer."""
    return _sum(pack("!BBHHH", random.choice((0, 8)), 0, 0, *_pair(random)) + _bytes(random, 64), 2)


def icmpv6(random: Random, pseudo: bytes) -> bytes:
    """The same for IPv6."""
    data = pack("!BBHHH", random.choice((128, 129)), 0, 0, *_pair(random)) + _bytes(random, 64)
    return _sum(data, 2, pseudo + pack("!HH", 58, len(data)))


def _pair(random: Random) -> tuple[int, int]:
    return random.getrandbits(16), random.getrandbits(16)


def ipv4(random: Random) -> bytes:
    """A whole datagram, or a fragment of one."""
    ends = b"".join(bytes(map(int, address.split("."))) for address in random.sample(V4, 2))
    protocol, make = random.choice(((6, tcp), (6, tcp), (6, tcp), (17, udp), (1, icmp), (200, None)))
    payload = make(random, ends) if make else _bytes(random, 60)
    fragment = 0x4000
    if random.random() < 0.08:
        fragment = random.choice((0x2000, random.randint(1, 0x1FFF), 0x2000 | random.randint(1, 0x1000)))
    options = random.choice((b"", b"", b"", b"", b"\x01\x01\x01\x00", b"\x94\x04\x00\x00"))
    length = 20 + len(options)
    head = pack(
        "!BBHHHBBH", 0x40 | length // 4, random.choice((0, 0x10)), length + len(payload), random.getrandbits(16),
        fragment, random.randint(1, 255), protocol, 0,
    )  # fmt: skip
    return _sum(head + ends + options, 10) + payload


def ipv6(random: Random) -> bytes:
    """A packet, with extension headers now and then."""
    ends = random.randbytes(16) + b"\xfe\x80" + bytes(6) + random.randbytes(8)
    kind, make = random.choice(((6, tcp), (17, udp), (58, icmpv6)))
    payload = make(random, ends)
    if random.random() < 0.2:
        payload = bytes((kind, 0)) + b"\x01\x04\0\0\0\0" + payload
        kind = random.choice((0, 60))
    elif random.random() < 0.1:
        offset = random.choice((0, random.randint(1, 0x1FFF)))
        payload = pack("!BBHI", kind, 0, offset << 3 | random.choice((0, 1)), random.getrandbits(32)) + payload
        kind = 44
    return pack("!IHBB", 6 << 28 | random.getrandbits(20), len(payload), kind, random.randint(1, 255)) + ends + payload


def arp(random: Random) -> bytes:
    """A request or a reply."""
    return pack("!HHBBH", 1, 0x0800, 6, 4, random.choice((1, 2))) + random.randbytes(20)


def frame(random: Random) -> bytes:
    """One frame, padded to 60 bytes as often as not."""
    kind, make = random.choice(((0x0800, ipv4),) * 8 + ((0x86DD, ipv6),) * 2 + ((0x0806, arp),))
    addresses = b"\x02\0\0\0\0" + random.randbytes(1) + b"\x02\0\0\0\0" + random.randbytes(1)
    data = addresses + pack("!H", kind) + make(random)
    return data.ljust(60, b"\0") if random.random() < 0.5 else data


def mutated(random: Random, data: bytes) -> bytes:
    """The same with some bytes of its headers changed, or its end missing."""
    if random.random() < 0.4:
        return data[: random.randint(14, len(data))]
    changed = bytearray(data)
    for _ in range(random.randint(1, 3)):
        changed[random.randrange(14, min(len(changed), 80))] = random.getrandbits(8)
    return bytes(changed)
