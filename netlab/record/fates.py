"""What became of a frame, in the words of the ladder, long and short."""

from __future__ import annotations

from typing import NamedTuple

from netlab.record.events import ON_THE_WIRE, Fate, FrameSeen
from netlab.record.flows import NEVER, PROBE, UNKNOWN
from netlab.record.labels import duration
from netlab.record.rows import Role
from netlab.record.store import FrameStore

_WORDS = {
    Fate.DELIVERED: "",
    Fate.DROPPED: "lost",
    Fate.HELD: "held",
    Fate.QUEUED: "waiting",
    Fate.DELAYED: "late",
    Fate.DUPLICATED: "twice",
    Fate.REORDERED: "overtaken",
    Fate.CORRUPTED: "damaged",
    Fate.UNREACHABLE: "lost: cut off",
    Fate.LEFT: "never delivered",
    Fate.TRAVELLING: "on its way",
}

GONE = {Fate.DROPPED, Fate.UNREACHABLE}
STUCK = {*ON_THE_WIRE, Fate.LEFT}


class Remark(NamedTuple):
    """One thing to say about a frame besides what it holds."""

    text: str
    short: str
    role: Role


def remarks(frame: FrameSeen, sent_before: int, frames: FrameStore, problem: tuple[str, str]) -> list[Remark]:
    """All that there is to say, the fate last. `problem`: what is wrong with it, long and short."""
    said = []
    if sent_before == PROBE:
        said.append(Remark("probe", "probe", Role.AGAIN))
    elif sent_before == UNKNOWN:
        said.append(Remark("sent again", "again", Role.AGAIN))
    elif sent_before != NEVER:
        later = duration(frame.at - frames.at(sent_before))
        said.append(Remark(f"sent again, {later} later", "sent again", Role.AGAIN))
    if problem[0]:
        said.append(Remark(*problem, Role.PROBLEM))
    if word := _WORDS[frame.fate]:
        said.append(_fate(frame, word))
    return said


def _fate(frame: FrameSeen, word: str) -> Remark:
    text = word
    if frame.fate in (Fate.DELAYED, Fate.REORDERED) and frame.fated_at > frame.at:
        text += f", {duration(frame.fated_at - frame.at)}"
    if frame.rule:
        text += f": {frame.rule}"
    return Remark(text, word, Role.FATE)
