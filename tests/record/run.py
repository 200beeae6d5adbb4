"""Runs made up for tests: a log as the wire writes it, frames with right checksums, and the events around them."""

from __future__ import annotations

import os
import tempfile
from struct import pack
from typing import Self

from netlab.frames.checksums import internet_checksum
from netlab.record import wirelog
from netlab.record.events import CallEntered, CallReturned, Event
from netlab.record.record import Record, RecordMeta

TWO = (("client", "10.0.0.1"), ("server", "10.0.0.2"))
THREE = (*TWO, ("client2", "10.0.0.3"))
MILLISECOND = 1_000_000
START = 1_000_000_000_000

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def mac(address: str) -> bytes:
    """The MAC address of a host of netlab's."""
    return bytes((2, 0, 0, 0, 0, int(address.rpartition(".")[2])))


def ip_bytes(address: str) -> bytes:
    """Four bytes."""
    return bytes(map(int, address.split(".")))


def ethernet(source: str, destination: str, kind: int, payload: bytes) -> bytes:
    """A frame between two of netlab's hosts."""
    return mac(destination) + mac(source) + pack("!H", kind) + payload


def ipv4(source: str, destination: str, protocol: int, payload: bytes, *, fragment: int = 0x4000) -> bytes:
    """A datagram in its frame."""
    ends = ip_bytes(source) + ip_bytes(destination)
    head = pack("!BBHHHBB", 0x45, 0, 20 + len(payload), 7, fragment, 64, protocol)
    checksum = internet_checksum(head + ends)
    return ethernet(source, destination, 0x0800, head + pack("!H", checksum) + ends + payload)


def tcp(
    source: tuple[str, int],
    destination: tuple[str, int],
    flags: int,
    sequence: int,
    ack: int = 0,
    payload: bytes = b"",
    *,
    window: int = 502,
    options: bytes = b"",
) -> bytes:
    """A segment in its frame, checksums right."""
    bits = (20 + len(options)) // 4 << 12 | flags
    head = pack("!HHIIHH", source[1], destination[1], sequence % 2**32, ack % 2**32, bits, window)
    return ipv4(source[0], destination[0], 6, _summed(source[0], destination[0], 6, head, b"\0\0" + options + payload))


def udp(source: tuple[str, int], destination: tuple[str, int], payload: bytes) -> bytes:
    """A datagram in its frame, checksums right."""
    head = pack("!HHH", source[1], destination[1], 8 + len(payload))
    return ipv4(source[0], destination[0], 17, _summed(source[0], destination[0], 17, head, payload))


def _summed(source: str, destination: str, protocol: int, before: bytes, after: bytes) -> bytes:
    length = len(before) + 2 + len(after)
    pseudo = ip_bytes(source) + ip_bytes(destination) + pack("!HH", protocol, length)
    return before + pack("!H", internet_checksum(pseudo + before + b"\0\0" + after)) + after


class Run:
    """Writes a log and collects events; `record` reads both."""

    def __init__(self, hosts: tuple[tuple[str, str], ...] = TWO, rules: tuple[str, ...] = ()) -> None:
        self.hosts, self.rules = hosts, rules
        self.names = [name for name, _ in hosts]
        self.log = b""
        self.count = 0
        self.now = START
        self.events: list[Event] = []

    def wait(self, milliseconds: float) -> Self:
        """The clock goes on."""
        self.now += int(milliseconds * MILLISECOND)
        return self

    def frame(self, sender: str, data: bytes, *, at_once: bool = True) -> int:
        """A host puts a frame on the wire; returns its number."""
        self.log += wirelog.frame_header(self.names.index(sender), int(at_once), len(data), self.now) + data
        self.count += 1
        return self.count

    def fate(self, number: int, fate: str, *, rule: int = 0, text: str = "") -> None:
        """What became of it."""
        self.log += wirelog.fate_entry(number, wirelog.FATES.index(fate), self.now, rule=rule, text=text)

    def state(self, host: str, old: str, new: str, frame: int = 0, port: int = 7788) -> None:
        """A socket changed its state."""
        addresses = dict(self.hosts)
        self.log += wirelog.state_entry(
            self.names.index(host), "tcp", (addresses[host], port), ("", 0), old, new, frame, self.now
        )

    def enter(
        self, host: str, call: str, where: str, function: str, arguments: str = "",
        local: tuple[str, int] | None = None, remote: tuple[str, int] | None = None,
    ) -> None:  # fmt: skip
        """A program goes into a call, `where` being `server.py:9`."""
        file, _, line = where.partition(":")
        self.events.append(
            CallEntered(
                self.now, host, host, 1, 1, call, function, file, int(line), "<module>", arguments, local, remote
            )
        )

    def leave(
        self, host: str, call: str, result: str = "None", error: str = "",
        local: tuple[str, int] | None = None, remote: tuple[str, int] | None = None,
    ) -> None:  # fmt: skip
        """The call returns."""
        self.events.append(CallReturned(self.now, host, host, call, result, error, -1, local, remote))

    def record(self, cap: int = 1 << 30) -> Record:
        """The run as a record."""
        with tempfile.TemporaryFile() as file:
            file.write(self.log)
            file.flush()
            meta = RecordMeta(
                self.hosts, "chat-server", "talk", 1_700_000_000_000_000_000, START, "0.1.0", "3.11.7", rules=self.rules
            )
            record = Record(meta, os.dup(file.fileno()), cap=cap)
        record.refresh()
        for event in self.events:
            record.add(event)
        return record
