"""What is written beside lines of code: where programs wait, which calls belong to what is chosen on the wire. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from netlab.app.drawing import clean
from netlab.app.texts import t
from netlab.record.calls import Call, Links

WORTH_MARKING = 100_000_000
"""Nanoseconds that a call must have waited: one that comes back at once only flickers."""
_SECOND = 1_000_000_000


class MarkKind(StrEnum):
    """Why a line is marked."""

    WAITS = "waits"  # a program is in that call now
    LINKED = "linked"  # the call belongs to what is chosen on the wire


@dataclass(frozen=True, slots=True)
class LineMark:
    """Words beside one line."""

    line: int
    """From 1."""
    text: str
    kind: MarkKind


Marks = Mapping[str, tuple[LineMark, ...]]
"""By file."""


def waiting_marks(waiting: Iterable[Call], now: int, least: int = WORTH_MARKING) -> Marks:
    """Where programs wait at a moment: `<- accept() 4 s`; threads at a line together, programs of one file by name.

    `least`: how long it has to be, in nanoseconds; in the past, where time stands still, nothing flickers.
    """
    calls = [call for call in waiting if call.entered.file and now - call.entered.at >= least]
    programs: dict[str, set[str]] = {}
    places: dict[tuple[str, int, str], list[Call]] = {}
    for call in calls:
        entered = call.entered
        programs.setdefault(entered.file, set()).add(entered.program)
        places.setdefault((entered.file, entered.line, entered.program), []).append(call)
    found: dict[str, tuple[LineMark, ...]] = {}
    for (file, line, _), here in places.items():
        text = _waits(here, now, named=len(programs[file]) > 1)
        found[file] = (*found.get(file, ()), LineMark(line, text, MarkKind.WAITS))
    return found


def linked_marks(linked: Iterable[tuple[Call, Links]]) -> Marks:
    """Calls with the frames that they are marked for; a call with neither is the one that was chosen."""
    found: dict[str, tuple[LineMark, ...]] = {}
    for call, links in linked:
        if call.entered.file:
            mark = LineMark(call.entered.line, _linked(links), MarkKind.LINKED)
            found[call.entered.file] = (*found.get(call.entered.file, ()), mark)
    return found


def joined(*several: Marks) -> Marks:
    """The marks of all of them."""
    files = dict.fromkeys(file for marks in several for file in marks)
    return {file: tuple(mark for marks in several for mark in marks.get(file, ())) for file in files}


def _waits(calls: list[Call], now: int, *, named: bool) -> str:
    longest = min(calls, key=lambda call: call.entered.at).entered
    name = f"{longest.program}: " if named else ""
    text = t("mark-waits", call=f"{name}{longest.function}()", seconds=(now - longest.at) // _SECOND)
    return clean(f"{text}, {t('mark-more', count=len(calls))}" if len(calls) > 1 else text)


def _linked(links: Links) -> str:
    parts = [t("mark-sends", number=links.caused)] if links.caused else []
    parts += [t("mark-woken", number=links.woken)] if links.woken else []
    return "  ".join(parts) or t("mark-call")
