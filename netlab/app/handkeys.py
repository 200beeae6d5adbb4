"""Which deeds of a hand on the wire apply, given how the wire stands. Pure: keys, words and palette ask the same."""

from __future__ import annotations

from netlab.session.hands import Standing

DEEDS = (
    "thaw", "freeze", "step", "drop", "hold", "delay", "release", "until", "slow", "cut", "reboot", "keep",
)  # fmt: skip
"""In the order in which they are offered. Each is the id of a key."""


def applies(deed: str, now: Standing, chosen: int = 0, *, handled: bool = False) -> bool:
    """Whether a deed makes sense now. `chosen` is the frame that the learner chose; `handled`: something was done."""
    if deed == "keep":
        return handled
    if not now.live:
        return False
    match deed:
        case "freeze":
            return not now.frozen
        case "thaw":
            return now.frozen
        case "step":
            return now.frozen and bool(now.queued)
        case "drop":
            return bool(target(now, chosen) or chosen in now.held)
        case "hold" | "delay":
            return bool(target(now, chosen))
        case "release":
            return bool(now.held)
        case _:
            return True


def target(now: Standing, chosen: int = 0) -> int:
    """The queued frame that a deed is meant for: the chosen one, else the next to go; 0 where none is queued."""
    if chosen in now.queued:
        return chosen
    return now.queued[0] if now.queued and chosen not in now.held else 0
