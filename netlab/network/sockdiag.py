"""The kernel's socket tables, asked by NETLINK_SOCK_DIAG and read with `struct` (sock_diag(7), linux/inet_diag.h).

Works on a bare descriptor of such a socket, opened on the host that is asked about. The wire process imports this with
a bare interpreter: nothing heavier than `os` and `struct` here. `states` makes dataclasses of the rows.
"""

from __future__ import annotations

import errno
import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

NETLINK_SOCK_DIAG = 4
AF_INET, AF_INET6 = 2, 10
TCP, UDP = 6, 17

EVERY_STATE = 0x3FFF
"""Bit 13 too: without it a socket that is bound and does not listen is left out."""

WITH_TCP_INFO = 1 << 1
"""Extension bit of INET_DIAG_INFO."""

STATE_NAMES = {
    1: "ESTABLISHED", 2: "SYN-SENT", 3: "SYN-RECV", 4: "FIN-WAIT-1", 5: "FIN-WAIT-2", 6: "TIME-WAIT", 7: "BOUND",
    8: "CLOSE-WAIT", 9: "LAST-ACK", 10: "LISTEN", 11: "CLOSING", 12: "SYN-RECV", 13: "BOUND",
}  # fmt: skip
"""enum in linux/tcp_states.h to the names of RFC 9293, section 3.3.2; BOUND is ours."""

_SOCK_DIAG_BY_FAMILY = 20
_NLM_F_REQUEST, _NLM_F_DUMP = 0x1, 0x300
_NLMSG_ERROR, _NLMSG_DONE = 2, 3

_HEADER = struct.Struct("=IHHII")
_REQUEST = struct.Struct("=BBBBI")  # inet_diag_req_v2 up to its inet_diag_sockid
_SOCKID = struct.Struct("!HH16s16s")  # ports and addresses; interface and cookie follow
_MESSAGE = struct.Struct("=BBBB")  # inet_diag_msg up to its sockid
_COUNTS = struct.Struct("=IIIII")
_ANY_SOCKID = bytes(48)
_ANY_INTERFACE_NO_COOKIE = bytes(4) + b"\xff" * 8
_ERRNO = struct.Struct("=i")

_MESSAGE_SIZE = 72
_MAPPED = bytes(10) + b"\xff\xff"

Row: TypeAlias = "tuple[int, int, int, int, tuple[str, int], tuple[str, int], tuple[int, int, int, int, int], bytes]"
"""family, state, timer, retransmits, local, remote, (expires ms, receive queue, send queue, uid, inode), attributes."""


def dump(fd: int, protocol: int, extensions: int = 0) -> list[Row]:
    """Every socket of `protocol`, IPv4 and IPv6."""
    return [row for family in (AF_INET, AF_INET6) for row in _dump(fd, family, protocol, extensions)]


def state_of(fd: int, protocol: int, local: bytes, remote: bytes) -> int:
    """The state of the one IPv4 connection between two ends, 0 where there is none: some 20 us, however many there are.

    An end is its address (4 bytes) and port (2 bytes) as they stand in a packet. A connection that is gone is not
    mistaken for its listening socket, which the kernel offers instead.
    """
    sockid = local[4:] + remote[4:] + local[:4] + bytes(12) + remote[:4] + bytes(12)
    body = _REQUEST.pack(AF_INET, protocol, 0, 0, EVERY_STATE) + sockid + _ANY_INTERFACE_NO_COOKIE
    os.write(fd, _HEADER.pack(_HEADER.size + len(body), _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST, 0, 0) + body)
    reply = os.read(fd, 8192)
    if _HEADER.unpack_from(reply)[1] != _SOCK_DIAG_BY_FAMILY:
        return 0
    state, port = reply[_HEADER.size + 1], reply[_HEADER.size + 6 : _HEADER.size + 8]
    return state if port == remote[4:] else 0


def _dump(fd: int, family: int, protocol: int, extensions: int) -> Iterator[Row]:
    body = _REQUEST.pack(family, protocol, extensions, 0, EVERY_STATE) + _ANY_SOCKID
    flags = _NLM_F_REQUEST | _NLM_F_DUMP
    os.write(fd, _HEADER.pack(_HEADER.size + len(body), _SOCK_DIAG_BY_FAMILY, flags, 0, 0) + body)
    while True:
        data, at = os.read(fd, 65536), 0
        while at < len(data):
            length, kind, _, _, _ = _HEADER.unpack_from(data, at)
            if kind == _NLMSG_DONE or (kind == _NLMSG_ERROR and _no_such_table(data, at)):
                return
            yield _row(data, at + _HEADER.size, at + length)
            at += (length + 3) & ~3


def _no_such_table(data: bytes, at: int) -> bool:
    """True where this kernel has no such family or protocol; OSError for any other refusal."""
    number = -_ERRNO.unpack_from(data, at + _HEADER.size)[0]
    if number == errno.ENOENT:
        return True
    raise OSError(number, os.strerror(number))


def _row(data: bytes, at: int, end: int) -> Row:
    family, state, timer, retransmits = _MESSAGE.unpack_from(data, at)
    sport, dport, source, destination = _SOCKID.unpack_from(data, at + 4)
    local, remote = (address(source, family), sport), (address(destination, family), dport)
    counts = _COUNTS.unpack_from(data, at + 52)
    return family, state, timer, retransmits, local, remote, counts, data[at + _MESSAGE_SIZE : end]


def address(raw: bytes, family: int = AF_INET) -> str:
    """As text. An IPv4 address mapped into IPv6 is written as what it is."""
    if family == AF_INET6 and raw[:12] != _MAPPED:
        return "::" if not any(raw) else _groups(raw)
    tail = raw[12:16] if family == AF_INET6 else raw
    return f"{tail[0]}.{tail[1]}.{tail[2]}.{tail[3]}"


def _groups(raw: bytes) -> str:
    """All eight groups: the short form of RFC 5952 is for people, and a table of IPv4 labs hardly ever shows one."""
    return ":".join(f"{raw[i] << 8 | raw[i + 1]:x}" for i in range(0, 16, 2))
