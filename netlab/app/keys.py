"""The keys, as data: which key does what, where. Bindings, the line at the bottom, help and palette come from here."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from netlab.app.texts import t


@dataclass(frozen=True, slots=True)
class Key:
    """One key at one place."""

    id: str
    """Names the texts `key.ID` and `key.ID.tip`."""
    key: str
    """As Textual spells it; several, separated by commas, do the same."""
    action: str
    """The Textual action, looked up from the focus outwards."""
    shown: bool = True
    """In the line at the bottom; help and palette have every key."""
    first: bool = False
    """Before the widget that has the focus: function keys must work in an editor and in a terminal."""

    def binding(self) -> Binding:
        """For a Textual BINDINGS list. The description is the text's key: whoever draws it translates it."""
        return Binding(self.key, self.action, f"key.{self.id}", show=self.shown, priority=self.first, id=self.id)

    @property
    def label(self) -> str:
        """In a word or two, in the language in force."""
        return t(f"key.{self.id}")

    @property
    def tip(self) -> str:
        """In a sentence."""
        return t(f"key.{self.id}.tip")


KEYS: dict[str, tuple[Key, ...]] = {
    "app": (
        Key("help", "f1", "app.help", first=True),
        Key("palette", "ctrl+p", "app.command_palette"),
        Key("quit", "ctrl+q", "app.leave"),
    ),
    "home": (),
    "course": (Key("open", "enter", "select"),),
    "lab": (
        Key("run", "f5", "run", first=True),
        Key("restart", "f2", "restart", shown=False, first=True),
        Key("stop", "f8", "stop", shown=False, first=True),
        Key("check", "f9", "check", first=True),
        Key("hint", "f3", "hint", shown=False, first=True),
        Key("next-pane", "f6", "next_pane", first=True),
        Key("previous-pane", "shift+f6,f7", "previous_pane", shown=False, first=True),
        Key("zoom", "f10", "zoom", shown=False, first=True),
        Key("states", "f4", "states", shown=False, first=True),
        Key("add-client", "ctrl+n", "add_client", shown=False),
        Key("course", "ctrl+o", "course", shown=False),
        Key("divider-left", "alt+left", "divide('left')", shown=False, first=True),
        Key("divider-right", "alt+right", "divide('right')", shown=False, first=True),
        Key("divider-up", "alt+up", "divide('up')", shown=False, first=True),
        Key("divider-down", "alt+down", "divide('down')", shown=False, first=True),
        Key("solution", "ctrl+l", "solution", shown=False),
        Key("copy", "ctrl+shift+c,alt+c", "copy", shown=False, first=True),
        Key("outside", "ctrl+g", "outside", shown=False),
        Key("reset", "ctrl+r", "reset", shown=False),
        Key("finish", "f12", "finish", shown=False, first=True),
    ),
    "editor": (
        Key("save", "ctrl+s", "save"),
        Key("next-file", "ctrl+t", "next_file", shown=False),
        Key("undo", "ctrl+z", "undo", shown=False),
        Key("redo", "ctrl+y", "redo", shown=False),
    ),
    "terminal": (
        Key("leave", "ctrl+right_square_bracket", "screen.next_pane", first=True),
        Key("commands", "alt+p", "app.command_palette", first=True),
        Key("scroll-back", "shift+pageup,alt+pageup", "page(-1)", shown=False, first=True),
        Key("scroll-on", "shift+pagedown,alt+pagedown", "page(1)", shown=False, first=True),
        Key("mark", "shift+up,shift+down,shift+left,shift+right,shift+home,shift+end", "mark", shown=False),
    ),
    "guide": (
        Key("step-back", "left", "step(-1)"),
        Key("step-on", "right", "step(1)"),
        Key("tick", "space", "tick"),
    ),
    "checks": (Key("jump", "enter", "select"), Key("evidence", "f", "evidence")),
    "rows": (
        Key("row-up", "up", "move(-1)", shown=False),
        Key("row-down", "down", "move(1)", shown=False),
        Key("page-up", "pageup", "page(-1)", shown=False),
        Key("page-down", "pagedown", "page(1)", shown=False),
        Key("row-first", "home", "first", shown=False),
    ),
    "ladder": (
        Key("open-frame", "enter", "open_frame"),
        Key("follow", "end", "follow"),
        Key("unmark", "escape", "unmark", shown=False),
    ),
    "wire": (
        Key("freeze", "space", "hand('freeze')"),
        Key("step", "s", "hand('step')"),
        Key("drop", "d", "hand('drop')"),
        Key("hold", "h", "hand('hold')"),
        Key("delay", "l", "hand('delay')"),
        Key("release", "r", "hand('release')"),
        Key("until", "u", "hand('until')"),
        Key("slow", "w", "hand('slow')"),
        Key("cut", "c", "hand('cut')"),
        Key("reboot", "b", "hand('reboot')"),
        Key("keep", "k", "hand('keep')"),
        Key("earlier", "left", "scrub(-1)"),
        Key("later", "right", "scrub(1)"),
        Key("much-earlier", "shift+left", "scrub(-20)", shown=False),
        Key("much-later", "shift+right", "scrub(20)", shown=False),
    ),
    "frozen": (Key("thaw", "space", "hand('thaw')"),),
    "fields": (
        Key("fold", "enter,space", "fold"),
        Key("row-last", "end", "last", shown=False),
    ),
    "solution": (
        Key("other-side", "tab,left,right", "other_side"),
        Key("other-file", "ctrl+t,n", "other_file"),
    ),
    "dialog": (
        Key("answer-before", "left,up", "app.focus_previous", shown=False),
        Key("answer-after", "right,down", "app.focus_next", shown=False),
        Key("cancel", "escape", "cancel", shown=False),
    ),
    "sheet": (Key("close", "escape,q", "close"),),
    "frame": (
        Key("frame-before", "left,p", "turn(-1)"),
        Key("frame-after", "right,n", "turn(1)"),
    ),
    "states": (
        Key("change-before", "left,p", "turn(-1)"),
        Key("change-after", "right,n", "turn(1)"),
        Key("change-last", "end", "now"),
    ),
}
"""By place: `app` and the screens hold everywhere on them, the rest where that pane has the focus."""

_SPELLED = {
    "ctrl+right_square_bracket": "^]",
    "enter": "Enter",
    "end": "End",
    "home": "Home",
    "up": "Up",
    "down": "Down",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "left": "Left",
    "right": "Right",
    "space": "Space",
    "tab": "Tab",
}


def bindings(place: str) -> list[BindingType]:
    """The BINDINGS of the widget or screen at that place."""
    return [key.binding() for key in KEYS[place]]


def spelled(key: str) -> str:
    """A key as people read it: `^s`, `F5`, `Enter`; the first where there are several."""
    first = key.split(",")[0]
    if first in _SPELLED:
        return _SPELLED[first]
    modifiers, _, last = first.rpartition("+")
    if modifiers == "ctrl":
        return f"^{last}"
    if modifiers:
        return "+".join([*(one.capitalize() for one in modifiers.split("+")), spelled(last)])
    return first.upper() if 1 < len(first) < 4 else first


def find(key_id: str) -> Key:
    """The key with that id; KeyError where there is none."""
    return {key.id: key for keys in KEYS.values() for key in keys}[key_id]
