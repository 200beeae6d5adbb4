"""Runs a learner's code with and without the tracer, without a terminal: what it says, and what it was seen to call."""

from __future__ import annotations

import sys
from pathlib import Path

from netlab.processes.spawning import Completed, run
from netlab.programs.environment import learner_environment
from netlab.programs.tracer.reading import TraceReader
from netlab.record.events import CallEntered, CallReturned, Event

PAIR = """
import socket
listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
server, address = listener.accept()
"""
"""Two connected sockets, `client` and `server`, at the beginning of a program."""


def run_plain(folder: Path, *arguments: str) -> Completed:
    """Run `program.py` untraced."""
    return _run(folder, None, arguments)


def run_traced(folder: Path, *arguments: str) -> tuple[Completed, list[Event]]:
    """Run `program.py` traced."""
    trace = folder.parent / f"{folder.name}.calls"
    done = _run(folder, trace, arguments)
    return done, TraceReader(trace, "server", "server").refresh()


def _run(folder: Path, trace: Path | None, arguments: tuple[str, ...]) -> Completed:
    environment = learner_environment(folder, trace)
    return run([sys.executable, str(folder / "program.py"), *arguments], env=environment, timeout=30)


def calls_of(folder: Path, code: str) -> list[tuple[CallEntered, CallReturned | None]]:
    """Run this code traced, to a good end; each call with what came back of it."""
    (folder / "program.py").write_text(code)
    done, events = run_traced(folder)
    assert (done.code, done.stderr) == (0, b"")
    back = {event.call: event for event in events if isinstance(event, CallReturned)}
    return [(event, back.get(event.call)) for event in events if isinstance(event, CallEntered)]
