"""Rules of the wire as plain data: which frames they mean, and what becomes of those.

A rule decides by a frame's own bytes, and by how many frames it has meant before: its n-th match meets a fate that
depends on the seed and n alone. `rulefile` reads rules from a `wire.toml`; the wire process carries them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from netlab.errors import UsageError
from netlab.network.relay.matching import ANYBODY, ARP, ICMP, TCP, UDP

PROTOCOLS = {"any": ANYBODY, "tcp": TCP, "udp": UDP, "icmp": ICMP, "arp": ARP}

FLAGS = {"FIN": 0x01, "SYN": 0x02, "RST": 0x04, "PSH": 0x08, "ACK": 0x10, "URG": 0x20, "ECE": 0x40, "CWR": 0x80}
"""Bits of the TCP header's flags (RFC 9293, section 3.1)."""

_PURPOSE = FLAGS["FIN"] | FLAGS["SYN"] | FLAGS["RST"]


class Deed(StrEnum):
    """What a rule does to a frame that it takes."""

    DROP = "drop"
    HOLD = "hold"
    DELAY = "delay"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    CORRUPT = "corrupt"


@dataclass(frozen=True, slots=True)
class Match:
    """Which frames are meant, and which of those are taken. All that is said must be so."""

    protocol: str = "any"
    """One of PROTOCOLS."""
    sender: str = ""
    """A host's name; any where empty."""
    receiver: str = ""
    """A host's name; a frame for everybody is for each."""
    flags: tuple[str, ...] = ()
    """TCP flags, any one of these: `SYN`, `SYN+ACK`, `FIN`, `!ACK`; see `flag_bits`."""
    port: int = 0
    """The sender's or the receiver's."""
    from_port: int = 0
    to_port: int = 0
    payload: bool | None = None
    """Whether bytes of a program are in it; either where None."""
    text: bytes = b""
    """Bytes that stand somewhere in the payload."""
    nth: tuple[int, ...] = ()
    """Take only these matches, counted from 1."""
    every: int = 0
    """Take every so many-th match."""
    share: float = 1.0
    """Take this part of the matches, chosen by `seed`."""
    seed: int = 1

    def spec(self, hosts: Sequence[str]) -> dict[str, Any]:
        """As the wire process takes it. UsageError where a host is unknown."""
        return {
            "protocol": PROTOCOLS[self.protocol],
            "sender": _index(self.sender, hosts),
            "receiver": _index(self.receiver, hosts),
            "flags": [flag_bits(flags) for flags in self.flags],
            "port": self.port,
            "from_port": self.from_port,
            "to_port": self.to_port,
            "payload": self.payload,
            "text": self.text.hex(),
            "nth": self.nth,
            "every": self.every,
            "share": self.share,
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of the frames that a match takes."""

    do: Deed
    match: Match = field(default_factory=Match)
    name: str = ""
    """How the record calls it; `rule 1` where empty."""
    seconds: float = 0.0
    """`delay`: how long. `duplicate`: how much later the copies come. `reorder`: how long at most."""
    until: Match | None = None
    """`hold`, and `duplicate` for its copies: the frame goes on when a frame that this takes has passed."""
    copies: int = 1
    """`duplicate`: how many more than one."""
    behind: int = 1
    """`reorder`: how many later frames of the same way overtake it."""
    byte: int = -1
    """`corrupt`: which byte of the payload, from 0; the seed chooses where negative."""
    repair: bool = False
    """`corrupt`: whether the checksum is made right again, so that the receiving program gets the damage."""

    def spec(self, hosts: Sequence[str]) -> dict[str, Any]:
        """As the wire process takes it. UsageError where a host is unknown."""
        return {
            "do": str(self.do),
            "match": self.match.spec(hosts),
            "seconds": self.seconds,
            "until": self.until.spec(hosts) if self.until else None,
            "copies": self.copies,
            "behind": self.behind,
            "byte": self.byte,
            "repair": self.repair,
        }


def flag_bits(text: str) -> tuple[int, int]:
    """The bits to look at, and what they must be, for `SYN`, `SYN+ACK`, `FIN`, `!ACK`. ValueError names a bad flag.

    What is named must be set, what is named with `!` must not. SYN, FIN and RST say what a segment is for: where any
    flag is asked for, those of the three that are not named must not be set. And `SYN` without a word on ACK is the
    first step of the handshake, not the second.
    """
    wanted = unwanted = 0
    for part in text.upper().replace(" ", "").split("+"):
        bit = FLAGS.get(part.lstrip("!"))
        if bit is None:
            raise ValueError(part.lstrip("!"))
        if part.startswith("!"):
            unwanted |= bit
        else:
            wanted |= bit
    if wanted:
        unwanted |= _PURPOSE & ~wanted
    if wanted & FLAGS["SYN"]:
        unwanted |= FLAGS["ACK"] & ~wanted
    return wanted | unwanted, wanted


def rule_names(rules: Sequence[Rule]) -> tuple[str, ...]:
    """What the record calls each rule."""
    return tuple(rule.name or f"rule {number}" for number, rule in enumerate(rules, 1))


def _index(host: str, hosts: Sequence[str]) -> int:
    if not host:
        return ANYBODY
    if host not in hosts:
        raise UsageError(f"There is no host `{host}` on this wire.", f"It has {', '.join(hosts)}.")
    return hosts.index(host)
