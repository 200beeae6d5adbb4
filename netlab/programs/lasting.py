"""What lasts of output that nobody draws: modes, colours, margins. Without it, what follows would be drawn wrongly."""

from __future__ import annotations

import re

_LASTS = re.compile(
    rb"""
    \x1b (?:
        \[ (?P<private> \?? ) (?P<modes> [0-9;]+ ) (?P<switch> [hl] )
      | (?P<margins> \[ [0-9;]* r )
      | (?P<letters> \( [0AB] )
      | (?P<reset> c )
    )
    """,
    re.VERBOSE,
)
_COLOUR = re.compile(rb"\x1b\[[0-9;:]*m")
_PLAIN = (b"\x1b[m", b"\x1b[0m", b"\x1bc")
_COLOURS_MAX = 8


def what_lasts(data: bytes) -> bytes:
    """The sequences whose effect goes on after this output, each in its last form; nothing that is seen itself."""
    if b"\x1b" not in data:
        return b""
    switched: dict[bytes, bytes] = {}
    other: dict[str, bytes] = {}
    for found in _LASTS.finditer(data):
        match found.lastgroup:
            case "switch":
                for mode in found["modes"].split(b";"):
                    switched[found["private"] + mode] = found["switch"]
            case "reset":
                switched, other = {}, {"reset": found[0]}
            case str(kind):
                other[kind] = found[0]
    modes = [b"\x1b[" + mode + switch for mode, switch in switched.items()]
    return b"".join([other.pop("reset", b""), *modes, *other.values(), *_colours(data)])


def _colours(data: bytes) -> list[bytes]:
    """Those since the text was last plain, and no more than anybody combines."""
    plain = max(data.rfind(sequence) for sequence in _PLAIN)
    return _COLOUR.findall(data, max(plain, 0))[-_COLOURS_MAX:]
