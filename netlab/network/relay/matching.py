"""Which frames a rule means, and which of them it takes: decided by the frame's bytes, a seed, and a count alone.

What can be told from the headers is worked out once per kind of frame and remembered, so a frame that no rule means
costs one look into a dictionary, however many rules there are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypeAlias

    Kind: TypeAlias = tuple[int, bytes, int, int, bytes, bool]
    """Sender's index, destination MAC, protocol, TCP flags, both ports, whether there is payload."""

ICMP, TCP, UDP, ARP, OTHER = 1, 6, 17, 0x0806, 0
NO_PORTS = b""
ANYBODY = -1

_MOST_KINDS = 4096
_IPV4_PLAIN = b"\x08\x00\x45"  # EtherType, then version 4 with a header of 20 bytes
_IPV4 = b"\x08\x00"
_MASK = (1 << 64) - 1


def kind_of(sender: int, data: bytes) -> Kind:
    """What the headers tell: one kind, one set of rules that may mean it."""
    size = len(data)
    if size >= 42 and data[12:15] == _IPV4_PLAIN and not (data[20] & 0x1F or data[21]):
        if data[23] == TCP and size >= 54:
            total = data[16] << 8 | data[17]
            return sender, data[:6], TCP, data[47], data[34:38], total > 20 + (data[46] >> 4 << 2)
        if data[23] == UDP:
            return sender, data[:6], UDP, 0, data[34:38], size > 42
    return _unusual(sender, data)


def _unusual(sender: int, data: bytes) -> Kind:
    """ARP, ICMP, fragments, IPv4 with options: no labs' bulk, so no hurry."""
    if data[12:14] == b"\x08\x06":
        return sender, data[:6], ARP, 0, NO_PORTS, False
    if data[12:14] != _IPV4 or len(data) < 34:
        return sender, data[:6], OTHER, 0, NO_PORTS, len(data) > 14
    start = payload_start(data)
    fragment = data[20] & 0x1F or data[21]
    transport = 14 + (data[14] & 0x0F) * 4
    known = data[23] in (TCP, UDP) and not fragment
    ports = data[transport : transport + 4] if known else NO_PORTS
    flags = data[transport + 13] if known and data[23] == TCP and len(data) > transport + 13 else 0
    return sender, data[:6], data[23], flags, ports, len(data) > start


def payload_start(data: bytes) -> int:
    """Where the bytes begin that a program sent, after Ethernet, IPv4 and TCP or UDP; the end where there are none."""
    if data[12:14] != _IPV4 or len(data) < 34:
        return min(14, len(data))
    at = 14 + (data[14] & 0x0F) * 4
    if data[20] & 0x1F or data[21]:
        return min(at, len(data))
    if data[23] == TCP and len(data) > at + 12:
        at += data[at + 12] >> 4 << 2
    elif data[23] in (UDP, ICMP):
        at += 8
    return min(at, len(data))


def mix(seed: int, count: int) -> int:
    """64 bits that seed and count decide (splitmix64, Steele, Lea and Flood 2014)."""
    value = (seed * 0xD1342543DE82EF95 + count * 0x9E3779B97F4A7C15) & _MASK
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _MASK
    return value ^ value >> 31


class Selector:
    """The frames that a rule means, and a count of them."""

    def __init__(self, spec: Mapping[str, Any], macs: Sequence[bytes]) -> None:
        """`spec` is `rules.Match.spec()`; `macs` are those of the hosts, by index."""
        self._spec = spec
        self._macs = macs
        self._text = bytes.fromhex(spec["text"])
        self._nth = frozenset(spec["nth"])
        self._every = spec["every"]
        self._below = int(spec["share"] * (1 << 64))
        self._seed = spec["seed"]
        self.count = 0
        """Matches so far."""

    def fits(self, sender: int, data: bytes) -> bool:
        """Whether this frame is meant and taken."""
        return self.means(kind_of(sender, data)) and self.takes(data)

    def means(self, kind: Kind) -> bool:
        """Whether the headers are of the kind; what is in the payload is another question."""
        spec = self._spec
        sender, destination, protocol, flags, ports, payload = kind
        return (
            spec["protocol"] in (ANYBODY, protocol)
            and spec["sender"] in (ANYBODY, sender)
            and self._is_for(spec["receiver"], sender, destination)
            and (not spec["flags"] or any(flags & mask == value for mask, value in spec["flags"]))
            and self._ports_fit(ports)
            and spec["payload"] in (None, payload)
        )

    def _is_for(self, receiver: int, sender: int, destination: bytes) -> bool:
        if receiver == ANYBODY or self._macs[receiver] == destination:
            return True
        return bool(destination[0] & 1) and receiver != sender

    def _ports_fit(self, ports: bytes) -> bool:
        spec = self._spec
        if not (spec["port"] or spec["from_port"] or spec["to_port"]):
            return True
        source, destination = int.from_bytes(ports[:2], "big"), int.from_bytes(ports[2:4], "big")
        return (
            spec["from_port"] in (0, source)
            and spec["to_port"] in (0, destination)
            and spec["port"] in (0, source, destination)
        )

    def takes(self, data: bytes) -> bool:
        """Count a frame of the right kind, and say whether this is one to be taken."""
        if self._text and data.find(self._text, payload_start(data)) < 0:
            return False
        self.count += 1
        if self._nth and self.count not in self._nth:
            return False
        if self._every and self.count % self._every:
            return False
        return self._below >> 64 == 1 or mix(self._seed, self.count) < self._below


class Rule:
    """A rule of the wire, ready to be asked: which frames it means, and what it does to those that it takes."""

    def __init__(self, index: int, spec: Mapping[str, Any], macs: Sequence[bytes]) -> None:
        """`spec` is `rules.Rule.spec()`."""
        self.mark = index + 1
        """How the log names it."""
        self.spec = spec
        self.selector = Selector(spec["match"], macs)
        self.seed: int = spec["match"]["seed"]


class Rulebook:
    """All rules in force. The first that takes a frame decides; those after it are not asked, and do not count it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._by_kind: dict[Kind, tuple[Rule, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def judge(self, sender: int, data: bytes) -> Rule | None:
        """The rule that takes this frame."""
        kind = kind_of(sender, data)
        rules = self._by_kind.get(kind)
        if rules is None:
            rules = self._remember(kind)
        for rule in rules:
            if rule.selector.takes(data):
                return rule
        return None

    def _remember(self, kind: Kind) -> tuple[Rule, ...]:
        if len(self._by_kind) >= _MOST_KINDS:
            self._by_kind.clear()
        rules = self._by_kind[kind] = tuple(rule for rule in self._rules if rule.selector.means(kind))
        return rules
