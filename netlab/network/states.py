"""Kernel sockets as frozen data: state, queues, timers, and the part of TCP_INFO that a learner can use."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from netlab.network import sockdiag

_TIMERS = {0: "", 1: "retransmit", 2: "keepalive", 3: "time-wait", 4: "probe"}
_INET_DIAG_INFO = 2
_ATTRIBUTE = struct.Struct("=HH")
_TCP_INFO = struct.Struct("=8B24I")  # struct tcp_info in linux/tcp.h, up to tcpi_total_retrans
_WSCALE = 6


@dataclass(frozen=True, slots=True)
class TcpInfo:
    """From struct tcp_info (tcp(7)). Times in microseconds, sizes in bytes, windows in segments."""

    rto: int
    send_mss: int
    receive_mss: int
    unacknowledged: int
    """Segments sent and not acknowledged yet."""
    lost: int
    """Segments that the kernel takes for lost."""
    rtt: int
    rtt_variation: int
    slow_start_threshold: int
    congestion_window: int
    receive_space: int
    total_retransmits: int
    send_window_scale: int
    receive_window_scale: int


@dataclass(frozen=True, slots=True)
class SocketState:
    """One row of a host's socket table."""

    protocol: str
    """`tcp` or `udp`."""
    state: str
    """As in RFC 9293, with hyphens; `BOUND` for a TCP port without listen(); UDP is `BOUND` or `CONNECTED`."""
    local: tuple[str, int]
    remote: tuple[str, int]
    """Address and port; the port is 0 where there is no peer."""
    inode: int
    """0 for what no program holds: a handshake, a connection not accepted yet, one that was closed, TIME-WAIT."""
    uid: int
    receive_queue: int
    """Bytes not read yet; of a listening socket, connections not accepted yet."""
    send_queue: int
    """Bytes not acknowledged yet; of a listening socket, the most that may wait to be accepted."""
    timer: str
    """``, `retransmit`, `keepalive`, `time-wait` or `probe`."""
    timer_ms: int
    """What is left of it."""
    retransmits: int
    info: TcpInfo | None = None
    """Of TCP sockets that are more than a handshake or a TIME-WAIT."""


def read_sockets(fd: int) -> list[SocketState]:
    """All TCP and UDP sockets of the host on which the NETLINK_SOCK_DIAG socket `fd` was made."""
    tcp = sockdiag.dump(fd, sockdiag.TCP, sockdiag.WITH_TCP_INFO)
    return [_socket("tcp", row) for row in tcp] + [_socket("udp", row) for row in sockdiag.dump(fd, sockdiag.UDP)]


def _socket(protocol: str, row: sockdiag.Row) -> SocketState:
    _, state, timer, retransmits, local, remote, (expires, receive, send, uid, inode), attributes = row
    return SocketState(
        protocol, state_name(protocol, state), local, remote, inode, uid, receive, send,
        _TIMERS.get(timer, ""), expires, retransmits, _tcp_info(attributes) if protocol == "tcp" else None,
    )  # fmt: skip


def state_name(protocol: str, state: int) -> str:
    """`ESTABLISHED` means nothing in UDP: a socket that connect() was called on is `CONNECTED`."""
    if protocol == "udp":
        return "CONNECTED" if state == 1 else "BOUND"
    return sockdiag.STATE_NAMES.get(state, "CLOSED")


def _tcp_info(attributes: bytes) -> TcpInfo | None:
    at = 0
    while at + _ATTRIBUTE.size <= len(attributes):
        length, kind = _ATTRIBUTE.unpack_from(attributes, at)
        if kind == _INET_DIAG_INFO and length >= _ATTRIBUTE.size + _TCP_INFO.size:
            return _unpack_info(attributes, at + _ATTRIBUTE.size)
        at += max((length + 3) & ~3, _ATTRIBUTE.size)
    return None


def _unpack_info(data: bytes, at: int) -> TcpInfo:
    fields = _TCP_INFO.unpack_from(data, at)
    rto, _, send_mss, receive_mss, unacknowledged, _, lost = fields[8:15]
    rtt, variation, threshold, window, _, _, _, space, total = fields[23:32]
    return TcpInfo(
        rto, send_mss, receive_mss, unacknowledged, lost, rtt, variation, threshold, window, space, total,
        fields[_WSCALE] & 0xF, fields[_WSCALE] >> 4,
    )  # fmt: skip
