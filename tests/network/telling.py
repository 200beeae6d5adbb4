"""Reads the wire's log as a story: frames with what became of them, states in order with the frames."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field

from netlab.network.private import PrivateNetwork
from netlab.network.relay.matching import payload_start
from netlab.network.rules import FLAGS
from netlab.record import wirelog

NAMES = ("client", "server", "third")


@dataclass
class Told:
    """One frame."""

    number: int
    sender: str
    data: bytes
    fates: list[str] = field(default_factory=list)
    rule: int = 0
    text: str = ""

    @property
    def flags(self) -> str:
        """`SYN`, `SYN+ACK`; nothing where it is no TCP."""
        if self.data[12:14] != b"\x08\x00" or self.data[23] != 6:
            return ""
        return "+".join(name for name in ("SYN", "FIN", "RST", "PSH", "ACK") if self.data[47] & FLAGS[name])

    @property
    def payload(self) -> bytes:
        return self.data[payload_start(self.data) :]

    @property
    def fate(self) -> str:
        return self.fates[-1] if self.fates else ""


@dataclass
class Story:
    """All that the log tells."""

    frames: list[Told] = field(default_factory=list)
    states: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Host, old, new, frame."""
    actions: list[str] = field(default_factory=list)
    lost: int = 0

    def path(self, host: str, port: int = 0) -> list[str]:
        """The states that a host's connection went through; of those that never listened."""
        return [new for name, _, new, _ in self.states if name == host and new not in ("LISTEN", "BOUND")]


async def tell(network: PrivateNetwork) -> Story:
    """The story so far."""
    await network.wire.flush()
    return read(network.wire.log_fd)


def read(log_fd: int) -> Story:
    """Read all that is in a log."""
    story, log = Story(), os.pread(log_fd, os.fstat(log_fd).st_size, 0)
    for kind, host, flags, _, start, end in wirelog.entries(log):
        payload = log[start:end]
        if kind == wirelog.KIND_FRAME:
            fates = ["delivered"] if flags & wirelog.DELIVERED_AT_ONCE else []
            story.frames.append(Told(len(story.frames) + 1, NAMES[host], payload, fates))
        elif kind == wirelog.KIND_FATE:
            number, fate, _, rule = wirelog.FATE.unpack_from(payload)
            told = story.frames[number - 1]
            told.fates.append(wirelog.FATES[fate])
            told.rule, told.text = rule, payload[wirelog.FATE.size :].decode()
        elif kind == wirelog.KIND_STATE:
            *_, old, new, frame = json.loads(payload)
            story.states.append((NAMES[host], old, new, frame))
        elif kind == wirelog.KIND_ACTION:
            story.actions.append(json.loads(payload)["action"])
        elif kind == wirelog.KIND_LOST:
            (story.lost,) = wirelog.LOST.unpack(payload)
    return story
