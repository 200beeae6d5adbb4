"""Reads what the tracer wrote, while it is being written: lines into events, and which calls have not come back.

The learner's interpreter wrote the file, so nothing in it is evidence. A line that is no event of ours is
passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from netlab.programs.tracer.naming import named
from netlab.record.events import CallEntered, CallReturned, Event

Address = tuple[str, int]
_Addresses = tuple[Address | None, Address | None, str]
_UNKNOWN: _Addresses = (None, None, "tcp")
_READ_SIZE = 1 << 20
_MOST_AT_ONCE = 2 << 20  # bytes: reading them takes about a second, and everything else waits for it


class TraceReader:
    """Follows the file of one program, which may be started again, or start others."""

    def __init__(self, path: Path, host: str, program: str) -> None:
        self._path = path
        self._host = host
        self._program = program
        self._offset = 0
        self._sockets: dict[tuple[int, int], _Addresses] = {}
        self._waiting: dict[str, CallEntered] = {}
        self._starts: dict[int, int] = {}
        self.stopped = False
        """A process wrote more than the tracer's limit, or more than could be read: calls are missing."""

    @property
    def blocked(self) -> tuple[CallEntered, ...]:
        """The calls that have not come back, the oldest first. Those of a process that was killed never will."""
        return tuple(sorted(self._waiting.values(), key=lambda call: call.at))

    def refresh(self) -> list[Event]:
        """What was written since the last time, in order; a line that is not whole yet comes the next time."""
        return [event for line in self._new_lines() if (event := self._event(line)) is not None]

    def _new_lines(self) -> list[bytes]:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:  # no socket module there yet
            return []
        try:
            return self._lines_of(descriptor)
        finally:
            os.close(descriptor)

    def _lines_of(self, descriptor: int) -> list[bytes]:
        pieces = []
        end = self._skip_flood(os.fstat(descriptor).st_size)
        while piece := os.pread(descriptor, _READ_SIZE, end):
            pieces.append(piece)
            end += len(piece)
        *lines, unfinished = b"".join(pieces).split(b"\n")
        self._offset = end - len(unfinished)
        return lines

    def _skip_flood(self, size: int) -> int:
        """Where to read on: of a flood of calls only the newest, which are what a program is doing now."""
        if size - self._offset <= _MOST_AT_ONCE:
            return self._offset
        self.stopped = True
        self._waiting.clear()  # they may have come back in what is skipped
        return size - _MOST_AT_ONCE

    def _event(self, line: bytes) -> Event | None:
        try:
            kind, at, *fields = json.loads(line)
            if kind == "entered":
                return self._entered(at, *fields)
            if kind == "returned":
                return self._returned(at, *fields)
            if kind == "raised":
                return self._raised(at, *fields)
            if kind == "began":
                self._began(*fields)
            self.stopped = self.stopped or kind == "stopped"
        except (ValueError, TypeError, IndexError, RecursionError):
            pass
        return None

    def _began(self, pid: int) -> None:
        """Another Python has this pid now: pids come back when a program is started again, and with exec."""
        self._starts[pid] = self._starts.get(pid, 0) + 1
        self._waiting = {call: entered for call, entered in self._waiting.items() if entered.pid != pid}
        self._sockets = {sock: known for sock, known in self._sockets.items() if sock[0] != pid}

    def _entered(
        self,
        at: int,
        pid: int,
        thread: int,
        number: int,
        function: str,
        descriptor: int,
        file: str,
        within: str,
        line: int,
        arguments: str,
        addresses: Any,
    ) -> CallEntered:
        local, remote, protocol = self._learn((pid, descriptor), addresses)
        call = CallEntered(
            at=at,
            host=self._host,
            program=self._program,
            pid=pid,
            thread=thread,
            call=self._call(pid, number),
            function=function,
            file=file,
            line=line,
            within=within,
            arguments=named(function, arguments),
            local=local,
            remote=remote,
            protocol=protocol,
        )
        self._waiting[call.call] = call
        return call

    def _returned(
        self, at: int, pid: int, number: int, descriptor: int, result: str, size: int, addresses: Any
    ) -> CallReturned:
        call = self._call(pid, number)
        self._waiting.pop(call, None)
        if addresses is not None and len(addresses) > 3:  # of accept: they are the new socket's
            descriptor = addresses.pop()
        local, remote, _ = self._learn((pid, descriptor), addresses)
        return CallReturned(at, self._host, self._program, call, result, size=size, local=local, remote=remote)

    def _raised(self, at: int, pid: int, number: int, descriptor: int, error: str) -> CallReturned:
        call = self._call(pid, number)
        self._waiting.pop(call, None)
        local, remote, _ = self._sockets.get((pid, descriptor), _UNKNOWN)
        return CallReturned(at, self._host, self._program, call, "", error, local=local, remote=remote)

    def _call(self, pid: int, number: int) -> str:
        return f"{self._path.stem}.{pid}.{self._starts.get(pid, 0)}.{number}"

    def _learn(self, sock: tuple[int, int], addresses: Any) -> _Addresses:
        told = _addresses(addresses)
        if told is not None:
            self._sockets[sock] = told
        return self._sockets.get(sock, _UNKNOWN)


def _addresses(told: Any) -> _Addresses | None:
    if told is None:
        return None
    local, remote, protocol = told
    return _address(local), _address(remote), protocol


def _address(told: Any) -> Address | None:
    return (told[0], told[1]) if told else None


def blocked(events: Iterable[Event]) -> list[CallEntered]:
    """The calls among these events that had not come back at the last of them, the oldest first."""
    waiting: dict[str, CallEntered] = {}
    for event in events:
        if isinstance(event, CallEntered):
            waiting[event.call] = event
        elif isinstance(event, CallReturned):
            waiting.pop(event.call, None)
    return list(waiting.values())


def told_as_waiting(call: CallEntered, now: int) -> str:
    """`server.py:18 recv() has been waiting for 2.0 s`; `now` in nanoseconds of CLOCK_MONOTONIC."""
    place = f"{call.file}:{call.line} " if call.file else ""
    return f"{place}{call.function}() has been waiting for {(now - call.at) / 1e9:.1f} s"
