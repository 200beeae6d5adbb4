"""What is said about one frame around its fields: where it went, what became of it, which code it has to do with."""

from __future__ import annotations

from netlab.app.drawing import clean
from netlab.app.fieldtexts import field_name, sentence
from netlab.app.outline import Entry
from netlab.app.texts import language, t
from netlab.record.callbook import FrameCalls
from netlab.record.calls import Call
from netlab.record.events import FrameSeen
from netlab.record.flows import NEVER, PROBE, UNKNOWN
from netlab.record.labels import duration
from netlab.record.record import Record


def title(record: Record, seen: FrameSeen) -> str:
    """`Frame 4 of 17   client > server   +81 ms`."""
    to = ", ".join(seen.receivers or record.frames.addressed(seen.number)) or "?"
    number = t("frame-of", number=seen.number, total=f"{len(record.frames):,}")
    return f"{number}   {clean(seen.sender)} > {clean(to)}   +{duration(max(seen.at - record.ends[0], 0))}"


def fate(seen: FrameSeen) -> str:
    """What became of it, and by what rule."""
    said = t(f"fate-{seen.fate.value}")
    if seen.fated_at > seen.at and seen.fate.value in ("delayed", "reordered"):
        said += f" {duration(seen.fated_at - seen.at)}"
    rule = t("by-hand") if seen.rule == "by hand" else clean(seen.rule)
    return f"{said}: {rule}" if rule else said


def again(record: Record, number: int) -> str:
    """Which frame carried the same bytes before; nothing where none did."""
    before = record.flows.sent_before[number - 1] if number <= len(record.flows.sent_before) else NEVER
    if before == NEVER:
        return ""
    if before in (PROBE, UNKNOWN):
        return t("probe" if before == PROBE else "sent-again")
    later = duration(record.frames.at(number) - record.frames.at(before))
    return t("sent-again-of", number=before, later=later)


def code(calls: FrameCalls) -> str:
    """The calls on both ends."""
    parts = [t("caused-by", call=call_text(calls.caused_by))] if calls.caused_by else [t("caused-by-kernel")]
    parts += [t("woke", call=call_text(call)) for call in calls.woke]
    return "   ".join(parts)


def about(entry: Entry) -> tuple[str, str]:
    """A field's name with its whole value, and its sentence."""
    name = field_name(entry.id, entry.name, language())
    said = [f"{name}  {clean(entry.text)}"]
    said += [t("on-the-wire", value=entry.wire)] if entry.wire else []
    if entry.right is not None:
        said.append(t("checksum-right") if entry.right else t("checksum-wrong", ought=entry.ought))
    said.append(_place(entry))
    return "   ".join(filter(None, said)), sentence(entry.id, entry.text, language())


def call_text(call: Call) -> str:
    """`client.py:22 sendall()`."""
    entered = call.entered
    where = f"{entered.file}:{entered.line} " if entered.file else f"{entered.program} "
    return clean(f"{where}{entered.function}()")


def _place(entry: Entry) -> str:
    if entry.end <= entry.start:
        return ""
    if entry.end - entry.start == 1:
        return t("byte", start=entry.start)
    return t("bytes", start=entry.start, end=entry.end - 1)
