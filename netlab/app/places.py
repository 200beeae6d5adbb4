"""Where a verdict points: `server.py:18 recv() ...` is a line of the learner's, `frame 12` a frame. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINE = re.compile(r"\b([\w.-]+\.py):(\d+)")
_FRAME = re.compile(r"\bframe (\d+)")


def place_in(where: str) -> tuple[str, int, int]:
    """File and line (from 1), or frame; empty and 0 for what is not there."""
    line = _LINE.search(where)
    frame = _FRAME.search(where)
    return (line[1] if line else "", int(line[2]) if line else 0, int(frame[1]) if frame else 0)


def frames_in(evidence: Iterable[str]) -> tuple[int, ...]:
    """The frames that are named, each once, in their order."""
    return tuple(dict.fromkeys(frame for text in evidence if (frame := place_in(text)[2])))
