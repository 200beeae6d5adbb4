"""What a key sends down a terminal's line, as xterm would send it (ctlseqs, "PC-Style Function Keys"). Pure."""

from __future__ import annotations

_NAMED = {
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "ctrl+space": b"\x00",
    "ctrl+at": b"\x00",
    "ctrl+backslash": b"\x1c",
    "ctrl+circumflex_accent": b"\x1e",
    "ctrl+underscore": b"\x1f",
    "f11": b"\x1b[23~",
}
_CURSOR = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_EDITING = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def typed(key: str, character: str | None, *, application: bool = False) -> bytes:
    """The bytes for one key by Textual's name and character; nothing for a key that sends none.

    `application`: the program asked for the other form of the cursor keys (DECCKM).
    """
    if key in _NAMED:
        return _NAMED[key]
    *modifiers, last = key.split("+")
    if last in _CURSOR or last in _EDITING:
        return _moving(last, sum(_MODIFIERS.get(one, 0) for one in modifiers), application=application)
    if modifiers == ["ctrl"] and len(last) == 1 and last.isalpha():
        return bytes([ord(last.lower()) - ord("a") + 1])
    if modifiers[:1] == ["alt"]:
        rest = key.removeprefix("alt+")
        data = typed(rest, rest if len(rest) == 1 else character)
        return b"\x1b" + data if data else b""
    if character is not None and character.isprintable():
        return character.encode()
    return b""


def _moving(key: str, modifiers: int, *, application: bool) -> bytes:
    if key in _EDITING:
        return f"\x1b[{_EDITING[key]};{1 + modifiers}~".encode() if modifiers else f"\x1b[{_EDITING[key]}~".encode()
    if modifiers:
        return f"\x1b[1;{1 + modifiers}{_CURSOR[key]}".encode()
    return f"\x1b{'O' if application else '['}{_CURSOR[key]}".encode()


def pasted(text: str, *, bracketed: bool = False) -> bytes:
    """A pasted text, as if it were typed: line ends are the Enter key; control characters are left out.

    `bracketed`: the program asked to be told what is pasted, and takes it as one piece.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    data = "".join(char for char in lines if char in "\n\t" or char.isprintable()).replace("\n", "\r").encode()
    return b"\x1b[200~" + data + b"\x1b[201~" if bracketed else data
