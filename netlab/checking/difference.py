"""Two values side by side: in full, escaped, with the first difference marked. Pure.

Bytes are read as UTF-8 where they are that; what is not, and what does not print, is shown as `\\n` or `\\xff`. A value
over `MOST` bytes is cut to the part around the first difference, and says so: two cut values are never equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from netlab.record import cells

MOST = 2000
"""Bytes that are shown of one value."""
LEAD = 40
"""Characters that are shown before the first difference of longer ones."""

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"'}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both values, as they are shown."""

    expected: str
    got: str
    """Where the two differ, a second line marks the place and says which byte it is."""


def shown(data: bytes | str) -> str:
    """One value in double quotes, escaped; its beginning and its size where it is long."""
    return _window(_characters(data), 0).text


def compared(expected: bytes | str, got: bytes | str) -> Comparison:
    """What was expected, and what was got with the first difference marked below."""
    wanted, found = _characters(expected), _characters(got)
    at = _first_difference(wanted, found)
    if at is None:
        return Comparison(_window(wanted, 0).text, _window(found, 0).text)
    start = max(0, at - LEAD) if max(_size(wanted), _size(found)) > MOST else 0
    window = _window(found, start)
    mark = " " * cells.width(window.lead + "".join(map(escaped, found[start:at]))) + "^ "
    return Comparison(_window(wanted, start).text, f"{window.text}\n{mark}{_said(wanted, found, at)}")


def escaped(character: str) -> str:
    """One character as it is shown: itself, or its escape where it does not print."""
    if named := _NAMED.get(character):
        return named
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as surrogateescape keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@dataclass(frozen=True, slots=True)
class _Window:
    text: str
    lead: str
    """What stands before the first character of the value."""


def _window(characters: str, start: int) -> _Window:
    """The characters from `start` on, quoted, with what was left out at either end."""
    end = start + _fitting(characters[start:])
    lead = '... "' if start else '"'
    tail = f'" ... ({_size(characters)} bytes in all)' if start or end < len(characters) else '"'
    return _Window(lead + "".join(map(escaped, characters[start:end])) + tail, lead)


def _fitting(characters: str) -> int:
    """How many of the characters are MOST bytes at most."""
    size = 0
    for n, character in enumerate(characters):
        size += _size(character)
        if size > MOST:
            return n
    return len(characters)


def _first_difference(wanted: str, found: str) -> int | None:
    if wanted == found:
        return None
    pairs = enumerate(zip(wanted, found, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(wanted), len(found)))


def _said(wanted: str, found: str, at: int) -> str:
    missing, further = _size(wanted[at:]), _size(found[at:])
    if at == len(found):
        return f"it ends here: {_bytes(missing)} missing"
    if at == len(wanted):
        return f"it should end here: {_bytes(further)} too many"
    return f"the first difference, after {_bytes(_size(found[:at]))}"


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"


def _characters(data: bytes | str) -> str:
    return data if isinstance(data, str) else data.decode(errors="surrogateescape")


def _size(characters: str) -> int:
    return len(characters.encode(errors="surrogateescape"))
