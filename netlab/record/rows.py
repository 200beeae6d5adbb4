"""What a ladder is drawn from: rows of spans, each with a role that a theme can colour. The text alone says it all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a piece of a row is."""

    PLAIN = "plain"
    HEADING = "heading"  # names of hosts and columns
    DELAY = "delay"  # time since the row before
    NUMBER = "number"  # of a frame
    ARROW = "arrow"  # the line, its head and the hosts' bars
    FLAGS = "flags"  # TCP flags, or the protocol's name
    NUMBERS = "numbers"  # relative sequence and acknowledgement numbers, lengths, ports
    PAYLOAD = "payload"
    FATE = "fate"  # lost, held, late, twice, damaged
    AGAIN = "again"  # sent again
    PROBLEM = "problem"  # malformed, bad checksum
    STATE = "state"  # of a socket
    CALL = "call"  # a socket call and its line
    WAITING = "waiting"  # that a call has not returned
    RESULT = "result"  # what a call returned
    ERROR = "error"  # what a call raised
    PROGRAM = "program"  # a program started or ended
    TERMINAL = "terminal"  # typed or printed
    ACTION = "action"  # somebody did something to the wire
    NOTICE = "notice"  # what is not in the record


class Span(NamedTuple):
    """A piece of text with one role."""

    text: str
    role: Role


class Kind(StrEnum):
    """What a row tells of first."""

    HEADING = "heading"
    FRAME = "frame"
    NOTE = "note"  # a call, a state, a program, a terminal or an action that has no frame of its own
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ladder."""

    kind: Kind
    spans: tuple[Span, ...]
    at: int = 0
    """Nanoseconds of CLOCK_MONOTONIC."""
    frame: int = 0
    """Number of the frame; 0 for none."""
    calls: tuple[str, ...] = ()
    """Of the calls that the row shows: `CallEntered.call`."""

    @property
    def text(self) -> str:
        """The row without roles."""
        return "".join(span.text for span in self.spans).rstrip()
