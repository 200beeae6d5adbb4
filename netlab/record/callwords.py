"""What a socket call, a state, a program or an action says in a ladder's column."""

from __future__ import annotations

from typing import assert_never

from netlab.record.calls import ACCEPTING, CONNECTING, RECEIVING, WAITING, Call
from netlab.record.events import (
    ActionTaken,
    CallEntered,
    CallReturned,
    Event,
    FrameSeen,
    FramesLost,
    ProgramExited,
    ProgramStarted,
    StateChanged,
    TerminalInput,
    TerminalOutput,
)
from netlab.record.labels import clean, duration, excerpt
from netlab.record.order import Note
from netlab.record.rows import Role, Span

_WITHOUT_ARGUMENTS = CONNECTING | ACCEPTING | RECEIVING | {"close"}
_WORTH_SAYING = 1_000_000


def call_spans(note: Note) -> list[Span]:
    """The call of a note: `server.py:11 recv() returned b'hello'`, or the half of it that happened here."""
    call = note.call
    if call is None:
        return []
    spans = [Span(_entry(call), Role.CALL)] if note.enters else []
    if note.enters and not note.returns and (call.returned is None or call.entered.function in WAITING):
        spans += [Span(" ", Role.PLAIN), Span("waiting", Role.WAITING)]
    if note.returns and call.returned is not None:
        said = _outcome(call, call.returned, alone=not note.enters)
        spans += ([Span(" ", Role.PLAIN)] if spans and said else []) + said
    return spans


def _entry(call: Call) -> str:
    entered = call.entered
    where = f"{entered.file}:{entered.line} " if entered.file else ""
    told = entered.function not in _WITHOUT_ARGUMENTS or "MSG_" in entered.arguments
    arguments = entered.arguments if told else ""
    return clean(f"{where}{entered.function}({arguments})")


def _outcome(call: Call, returned: CallReturned, *, alone: bool) -> list[Span]:
    if returned.error:
        return [Span(clean(f"raised {returned.error}"), Role.ERROR), *_took(call)]
    result = _result(call.entered.function, returned)
    if not alone and not result:
        return _took(call)
    return [Span(clean(f"returned {result}".rstrip()), Role.RESULT), *_took(call)]


def _result(function: str, returned: CallReturned) -> str:
    if function in ACCEPTING and returned.remote:
        return f"(conn, {returned.remote[0]}:{returned.remote[1]})"
    waits = function in WAITING
    return returned.result if waits and returned.result != "None" else ""


def _took(call: Call) -> list[Span]:
    return [Span(f", {duration(call.took)}", Role.DELAY)] if call.took >= _WORTH_SAYING else []


def state_text(changes: list[StateChanged]) -> str:
    """`FIN-WAIT-1`; several in the order in which they came."""
    return ">".join(change.new for change in changes)


def event_span(event: Event) -> Span:
    """An event that is neither a frame, a call nor a state."""
    match event:
        case ProgramStarted():
            return Span(clean(f"{event.program} started"), Role.PROGRAM)
        case ProgramExited():
            how = f"exit code {event.code}" if event.code >= 0 else f"by signal {-event.code}"
            return Span(clean(f"{event.program} ended, {how}"), Role.PROGRAM)
        case TerminalInput():
            return Span(f"{clean(event.program)} was typed {excerpt(event.data)}", Role.TERMINAL)
        case TerminalOutput():
            return Span(f"{clean(event.program)} printed {excerpt(event.data)}", Role.TERMINAL)
        case ActionTaken():
            numbers = " ".join(map(str, event.frames[:8]))
            return Span(clean(" ".join(filter(None, ("**", event.action, event.detail, numbers, "**")))), Role.ACTION)
        case CallEntered() | CallReturned() | StateChanged() | FrameSeen() | FramesLost():
            return Span("", Role.PLAIN)
        case Event():
            return Span("", Role.PLAIN)
        case _:
            assert_never(event)
