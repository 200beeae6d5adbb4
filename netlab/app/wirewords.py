"""What the wire's line says, from how the wire stands: words, each with what a click on it does. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netlab.app.drawing import cells, fit
from netlab.app.handkeys import DEEDS, applies
from netlab.app.keys import find
from netlab.app.texts import t
from netlab.app.widgets.wireline import Word
from netlab.frames.decoding import decode
from netlab.record.labels import label
from netlab.record.record import Record
from netlab.record.rows import Role
from netlab.session.hands import Standing
from netlab.session.scripting import Script, ScriptUse

SHOWN = 2
"""Frames that are named of a queue; the rest is counted."""
PAYLOAD = 14
"""Cells of a payload that tell it from another."""


def said(record: Record | None, now: Standing) -> Iterator[Word]:
    """How the wire stands: time, the queue, what is held, who is cut off."""
    if now.until is not None:
        yield Word(f" {t('wire-until', kind=now.until.value.upper())} ", "frozen", "hand('freeze')")
    elif now.frozen and now.queued:
        yield Word(f" {t('wire-frozen-queued', count=len(now.queued))}", "frozen", "hand('thaw')", find("thaw").tip)
        yield from _frames(record, now.queued, queued=True)
    elif now.frozen:
        yield Word(f" {t('wire-frozen')} ", "frozen", "hand('thaw')", find("thaw").tip)
    elif now.live:
        yield Word(f" {t('wire-flowing')} ", "quiet", "hand('freeze')", find("freeze").tip)
    if now.held:
        yield Word(f"  {t('wire-held')}", "warning", "hand('release')", find("release").tip)
        yield from _frames(record, now.held, queued=False)
    if now.cut:
        yield Word(f"  {t('wire-cut', hosts=', '.join(now.cut))} ", "warning", "hand('cut')", find("cut").tip)
    if now.slow:
        yield Word(f"  {t('wire-slow', seconds=now.slow)} ", "warning", "hand('slow')", find("slow").tip)


def script(record: Record | None, now: Script) -> Iterator[Word]:
    """The wire script: the rules that this run has or, where it has none, what F5 will make of it."""
    rules = record.meta.rules if record is not None else ()
    if rules:
        text = t("wire-script-one") if len(rules) == 1 else t("wire-script", count=len(rules))
        yield Word(f"  {text} ", "deed", "show_script", t("wire-script-tip"))
    elif now.use is not ScriptUse.ABSENT:
        text = t(f"wire-script-{now.use}", scene=", ".join(now.owners))
        by_hand = now.use in (ScriptUse.USED, ScriptUse.OWNED, ScriptUse.UNUSED)
        deed, tip = ("toggle_script", "wire-script-toggle") if by_hand else ("show_script", "wire-script-tip")
        yield Word(f"  {text} ", "quiet", deed, t(tip))


def offered(now: Standing, chosen: int, *, handled: bool) -> list[Word]:
    """What can be done now."""
    keys = [find(deed) for deed in DEEDS if applies(deed, now, chosen, handled=handled)]
    return [Word(f" {key.label} ", "deed", key.action, key.tip) for key in keys]


def brief(record: Record | None, number: int) -> str:
    """`SYN`, `"hello"`: what a frame is, in a few cells; nothing of one that is not in the record yet."""
    if record is None or not 0 < number <= len(record.frames):
        return ""
    pieces = label(decode(record.frames.data(number)), None)
    told = next((piece for piece in pieces if piece.role is Role.PAYLOAD), pieces[0])
    return fit(told.text, PAYLOAD) if cells(told.text) > PAYLOAD else told.text


def _frames(record: Record | None, numbers: Sequence[int], *, queued: bool) -> Iterator[Word]:
    for place, number in enumerate(numbers[:SHOWN]):
        look = "next" if queued and place == 0 else "number"
        text = f"#{number} {brief(record, number)}".rstrip() if queued else f"#{number}"
        yield Word(f" {text}{',' if place + 1 < len(numbers) else ' '}", look, f"choose({number})", t("wire-frame-tip"))
    if len(numbers) > SHOWN:
        yield Word(f" {t('wire-more', count=len(numbers) - SHOWN)} ")
