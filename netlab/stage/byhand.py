"""What was done to the wire by hand in a run, as rules that do the same in the next one. Pure: record in, rules out.

A frame is named by what it is, not by its number: protocol, way, flags, payload, and how many of that kind came before
it. Copies that a host sent only because the wire stood still are not counted: in a run that nobody freezes there are
none. What no rule can say (cut hosts, reboots, a slow wire) comes out as remarks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from netlab.frames.decoding import Frame, decode
from netlab.network.links import mac_of
from netlab.network.relay.matching import Selector
from netlab.network.rules import FLAGS, Deed, Match, Rule
from netlab.network.rulewriting import Remarked, script_text
from netlab.record.events import ARRIVED, ActionTaken, FrameSeen
from netlab.record.flows import NEVER
from netlab.record.labels import duration, label
from netlab.record.record import Record
from netlab.record.rows import Role

BY_HAND = "by hand"
_UNSAYABLE = frozenset({"cut", "join", "reboot", "slow"})


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one frame by hand."""

    number: int
    deed: Deed
    """`drop`, `hold` (and never let go), or `delay`."""
    seconds: float = 0.0
    """`delay`: how long it lay aside."""


def deeds(record: Record) -> list[Done]:
    """What was done to frames, in the order of the frames. The last word on a frame counts."""
    held: dict[int, int] = {}
    found: dict[int, Done] = {}
    for event in record.events:
        if not isinstance(event, ActionTaken):
            continue
        for number in event.frames:
            if event.action == "hold":
                held[number] = event.at
                found[number] = Done(number, Deed.HOLD)
            elif event.action == "drop":
                found[number] = Done(number, Deed.DROP)
            elif event.action == "release" and number in held:
                found[number] = Done(number, Deed.DELAY, _rounded((event.at - held[number]) / 1e9))
    return [found[number] for number in sorted(found) if number <= len(record.frames)]


def rules_by_hand(record: Record, *, behind_others: bool = False) -> list[Remarked]:
    """The rules. With `behind_others` they will stand after those that the run had, which take their frames first."""
    record.flows.refresh()
    done = deeds(record)
    taken = _taken_by_rules(record) if behind_others else set()
    counted = [number for number in range(1, len(record.frames) + 1) if not _is_needless_copy(record, number, done)]
    rules = []
    for match, alike in _groups(record, done):
        numbers = [one.number for one in alike]
        nth = _counts(record, match, [number for number in counted if number not in taken], set(numbers))
        rules.append(_rule(record, replace(match, nth=tuple(nth)), alike))
        taken.update(numbers)
    return rules


def remarks(record: Record) -> list[str]:
    """What was done by hand that no rule can do again."""
    said = [event for event in record.events if isinstance(event, ActionTaken) and event.action in _UNSAYABLE]
    start = record.meta.clock
    lines = [f"  {event.action} {event.detail}, {duration(event.at - start)} after the start" for event in said]
    return ["This was done by hand as well, and no rule can do it:", *lines] if lines else []


def script(record: Record, before: str = "") -> str:
    """A wire script that does by itself what was done by hand; `before` is a script that is to stay in front of it."""
    rules = rules_by_hand(record, behind_others=bool(before))
    top = [f"What was done by hand in a run of {record.meta.lab or 'this lab'}, for the next run.", *remarks(record)]
    text = script_text(rules, top)
    return f"{before.rstrip()}\n\n{text}" if before.strip() else text


def _groups(record: Record, done: Sequence[Done]) -> list[tuple[Match, list[Done]]]:
    """Deeds that one rule can do: the same to frames of the same kind."""
    groups: dict[tuple[Match, Deed, float], list[Done]] = {}
    for one in done:
        groups.setdefault((_kind(record, one.number), one.deed, one.seconds), []).append(one)
    return [(match, alike) for (match, _, _), alike in groups.items()]


def _kind(record: Record, number: int) -> Match:
    """What kind of frame it is, in the words of a rule."""
    seen = record.frames.number(number)
    frame = decode(seen.data)
    to = record.frames.addressed(number)
    match = Match(sender=seen.sender, receiver=to[0] if len(to) == 1 else "")
    if frame.tcp is not None:
        return replace(match, protocol="tcp", flags=(_flags(frame.tcp.flags),), payload=_has_payload(frame))
    if frame.udp is not None:
        return replace(match, protocol="udp")
    return replace(match, protocol="icmp" if frame.icmp is not None else "arp" if frame.arp is not None else "any")


def _flags(bits: int) -> str:
    """What the segment is for; PSH and URG are the sender's whim."""
    named = [name for name in ("SYN", "FIN", "RST") if bits & FLAGS[name]]
    if bits & FLAGS["ACK"] and "RST" not in named:
        named.append("ACK")
    return "+".join(named) or "!SYN"


def _has_payload(frame: Frame) -> bool:
    return frame.payload_end > frame.payload_start


def _counts(record: Record, match: Match, numbers: Sequence[int], wanted: set[int]) -> Iterator[int]:
    """How many-th matches the wanted frames are among these."""
    frames = record.frames
    hosts = [name for name, _ in record.meta.hosts]
    selector = Selector(match.spec(hosts), [_mac(address) for _, address in record.meta.hosts])
    for number in numbers:
        if selector.fits(frames.sender(number), frames.data(number)) and number in wanted:
            yield selector.count


def _is_needless_copy(record: Record, number: int, done: Sequence[Done]) -> bool:
    """Whether a host sent it again only because the wire kept a copy that it delivered in the end."""
    if any(one.number == number for one in done):
        return False
    before = record.flows.sent_before[number - 1]
    while NEVER < before < number:
        earlier = record.frames.number(before)
        if earlier.fate in ARRIVED and earlier.rule != BY_HAND and earlier.fated_at > record.frames.at(number):
            return True
        before = record.flows.sent_before[before - 1]
    return False


def _taken_by_rules(record: Record) -> set[int]:
    return {seen.number for seen in record.frames if seen.rule not in ("", BY_HAND)}


def _rule(record: Record, match: Match, alike: Sequence[Done]) -> Remarked:
    deed, seconds = alike[0].deed, alike[0].seconds
    said = [_told(record, record.frames.number(one.number)) for one in alike]
    kind = match.flags[0] if match.flags else match.protocol.upper()
    what = "data" if match.payload else kind
    which = ", ".join(map(str, match.nth))
    return Remarked(Rule(deed, match, f"{what} {which} from {match.sender}, by hand", seconds), tuple(said))


def _told(record: Record, seen: FrameSeen) -> str:
    """`frame 4, 1.2 s after the start: client to server, ACK 5 B "hello"`."""
    record.flows.refresh()
    pieces = label(decode(seen.data), record.flows.connection(seen.number))
    what = " ".join(piece.text for piece in pieces if piece.role in (Role.FLAGS, Role.PAYLOAD))
    way = f"{seen.sender} to {', '.join(record.frames.addressed(seen.number))}"
    return f"frame {seen.number}, {duration(seen.at - record.meta.clock)} after the start: {way}, {what}"


def _rounded(seconds: float) -> float:
    """Two digits: nobody's finger is more exact."""
    return float(f"{max(seconds, 0.01):.2g}")


def _mac(address: str) -> bytes:
    return bytes.fromhex(mac_of(address).replace(":", ""))
