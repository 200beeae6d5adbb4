"""What a rule does to a frame that it takes: one function for each `do` of a wire script."""

from __future__ import annotations

import struct

from netlab.network.relay.frames import CORRUPTED, DROPPED, DUPLICATED, REORDERED, Frame
from netlab.network.relay.matching import TCP, UDP, Selector, mix, payload_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from netlab.network.relay.matching import Rule
    from netlab.network.relay.traffic import Traffic

_ANOTHER_STREAM = 1 << 62
"""Keeps the byte that is damaged apart from the choice of the frame."""


def apply(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    """Do what the rule says."""
    _FAULTS[rule.spec["do"]](traffic, rule, frame)


def after(traffic: Traffic, passed: Frame) -> None:
    """A frame was delivered: let go of those that waited for it, or that it overtook."""
    for frame in list(traffic.held):
        if frame.gone or frame is passed:
            continue
        if frame.until is not None and frame.until.fits(passed.sender, passed.data):
            traffic.release(frame)
        elif frame.behind and passed.sender == frame.sender and passed.data[:6] == frame.data[:6]:
            frame.behind -= 1
            if not frame.behind:
                frame.fate = REORDERED
                traffic.release(frame)


def _drop(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    traffic.log.fate(frame.number, DROPPED, rule.mark)


def _hold(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    frame.until = _until(traffic, rule)
    traffic.hold(frame)


def _delay(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    traffic.delay(frame, traffic.slow + _nanoseconds(rule))


def _duplicate(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    """The frame itself goes its way; its copies come at once, later, or when another frame has passed."""
    traffic.forward(frame)
    for _ in range(rule.spec["copies"]):
        copy = _copy(frame)
        copy.until = _until(traffic, rule)
        if copy.until is not None:
            traffic.hold(copy)
        elif rule.spec["seconds"]:
            traffic.delay(copy, traffic.slow + _nanoseconds(rule))
        else:
            traffic.forward(copy)


def _copy(frame: Frame) -> Frame:
    copy = Frame(frame.number, frame.sender, frame.data)
    copy.rule, copy.judged, copy.is_copy, copy.fate = frame.rule, True, True, DUPLICATED
    return copy


def _reorder(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    """Let the next frames of the same way overtake it; where none come, it goes on after `seconds` all the same."""
    frame.behind = rule.spec["behind"]
    traffic.hold(frame)
    traffic.delay(frame, traffic.slow + _nanoseconds(rule))


def _corrupt(traffic: Traffic, rule: Rule, frame: Frame) -> None:
    start = payload_start(frame.data)
    size = len(frame.data) - start
    if size > 0:
        place = rule.spec["byte"]
        if place < 0:
            place = mix(rule.seed ^ _ANOTHER_STREAM, rule.selector.count) % size
        frame.fate = CORRUPTED
        frame.data, frame.text = _damaged(frame.data, start + min(place, size - 1), start, repair=rule.spec["repair"])
    traffic.forward(frame)


def _damaged(data: bytes, place: int, start: int, *, repair: bool) -> tuple[bytes, str]:
    """The frame with one byte turned over, and which. With `repair`, the checksum is right again."""
    changed = bytearray(data)
    changed[place] ^= 0xFF
    if repair:
        _repair(changed)
    return bytes(changed), f"payload byte {place - start}: {data[place]:#04x} became {changed[place]:#04x}"


def _repair(data: bytearray) -> None:
    """Compute the TCP or UDP checksum anew (RFC 9293, section 3.1; RFC 768): the receiver cannot tell."""
    at = 14 + (data[14] & 0x0F) * 4
    place = at + (16 if data[23] == TCP else 6)
    if data[23] not in (TCP, UDP):
        return
    data[place : place + 2] = b"\0\0"
    segment = bytes(data[at:])
    pseudo = bytes(data[26:34]) + struct.pack("!BBH", 0, data[23], len(segment))
    struct.pack_into("!H", data, place, _internet_checksum(pseudo + segment) or 0xFFFF)


def _internet_checksum(data: bytes) -> int:
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _until(traffic: Traffic, rule: Rule) -> Selector | None:
    spec = rule.spec["until"]
    return None if spec is None else Selector(spec, traffic.switch.macs)


def _nanoseconds(rule: Rule) -> int:
    seconds: float = rule.spec["seconds"]
    return round(seconds * 1_000_000_000)


_FAULTS: dict[str, Callable[[Traffic, Rule, Frame], None]] = {
    "drop": _drop, "hold": _hold, "delay": _delay, "duplicate": _duplicate, "reorder": _reorder, "corrupt": _corrupt,
}  # fmt: skip
