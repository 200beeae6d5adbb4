"""What every decoder shares: the value that says that bytes are malformed, and a field with its place."""

from __future__ import annotations

from typing import NamedTuple


class Malformed(NamedTuple):
    """Bytes that cannot be what they should be. A value like any other; decoding never raises."""

    why: str
    """One line: the protocol, what was needed, what was there."""
    at_byte: int
    """Offset in the frame of the first byte that is wrong, or that is missing."""


class Field(NamedTuple):
    """One field of a layer, and which bytes hold it."""

    id: str
    """As in Wireshark's display filters (`tcp.seq`), which learners meet next; explanations are looked up by it."""
    name: str
    start: int
    end: int
    """Offsets in the frame; a field smaller than a byte names the bytes that it lies in."""
    text: str


def too_short(protocol: str, needed: int, start: int, end: int) -> Malformed:
    """A header that does not fit into what is left."""
    return Malformed(f"{protocol}: {needed} bytes needed, {end - start} there", end)


def address_text(address: bytes) -> str:
    """A MAC, IPv4 or IPv6 address as people write it, told apart by length; any other as hexadecimal."""
    if len(address) == 4:
        return ".".join(map(str, address))
    if len(address) == 6:
        return address.hex(":")
    return ipv6_text(address) if len(address) == 16 else address.hex(" ")


def ipv6_text(address: bytes) -> str:
    """Sixteen bytes as RFC 5952 writes them: the longest run of zero groups, the first of equals, is `::`."""
    groups = [f"{int.from_bytes(address[i : i + 2]):x}" for i in range(0, 16, 2)]
    start, length = _longest_run(groups)
    if length < 2:
        return ":".join(groups)
    return ":".join(groups[:start]) + "::" + ":".join(groups[start + length :])


def _longest_run(groups: list[str]) -> tuple[int, int]:
    best = (0, 0)
    start = 0
    for index, group in enumerate([*groups, "end"]):
        if group != "0":
            start = index + 1
        elif index + 1 - start > best[1]:
            best = (start, index + 1 - start)
    return best
