"""A record as JSON lines: one object an event, frames among them, in the order of time. Bytes are hexadecimal.

The first line is the record's meta. Events that are no frames can be read back; that is how records are saved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from heapq import merge
from typing import Any

from netlab.frames.decoding import decode
from netlab.record import events
from netlab.record.events import Event, FrameSeen
from netlab.record.labels import label, problem
from netlab.record.record import Record

_CLASSES = (
    events.StateChanged, events.CallEntered, events.CallReturned, events.ProgramStarted, events.ProgramExited,
    events.TerminalOutput, events.TerminalInput, events.ActionTaken, events.FramesLost,
)  # fmt: skip


def _name(kind: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


_BY_NAME: dict[str, type[Event]] = {_name(kind): kind for kind in _CLASSES}


def json_lines(record: Record) -> Iterator[str]:
    """Every line of a record, without its end."""
    yield json.dumps({"event": "record", **asdict(record.meta)}, ensure_ascii=False)
    record.flows.refresh()
    for event in merge(record.frames, record.events, key=lambda event: event.at):
        value = _frame(record, event) if isinstance(event, FrameSeen) else event_to_json(event)
        yield json.dumps(value, ensure_ascii=False)


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as JSON knows it, its kind under `event`."""
    value = {field.name: getattr(event, field.name) for field in fields(event)}
    if isinstance(value.get("data"), bytes):
        value["data"] = value["data"].hex()
    return {"event": _name(type(event)), **value}


def event_from_json(value: dict[str, Any]) -> Event:
    """The event again. ValueError or TypeError for what none of ours wrote."""
    kind = _BY_NAME.get(str(value.get("event")))
    if kind is None:
        raise ValueError(f"no event is called {value.get('event')!r}")
    given = {name: _tuples(content) for name, content in value.items() if name != "event"}
    if "data" in given:
        given["data"] = bytes.fromhex(given["data"])
    if not isinstance(given.get("at"), int):
        raise ValueError("an event has no time")
    return kind(**given)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _frame(record: Record, seen: FrameSeen) -> dict[str, Any]:
    frame = decode(seen.data)
    connection = record.flows.connection(seen.number)
    return {
        **event_to_json(seen),
        "summary": " ".join(piece.text for piece in label(frame, connection, ports=True)),
        "problem": problem(frame)[0],
        "connection": connection.number if connection else 0,
    }
