"""Everything that the command palette offers, made from the keys as data and from what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from netlab.app import themes
from netlab.app.keys import KEYS, spelled
from netlab.app.messages import LabChosen
from netlab.app.texts import LANGUAGES, language, t

if TYPE_CHECKING:
    from netlab.app.app import NetlabApp
    from netlab.session.desk import Desk

_OF_THE_LIST = {"open", "palette", "leave", "paste", "unmark", "row-last"} | {
    key.id for place in ("rows", "dialog") for key in KEYS[place]
}
"""Keys that mean nothing away from their widget."""


def commands(app: NetlabApp, screen: Screen[Any], desk: Desk) -> Iterator[SystemCommand]:
    """The keys of this screen first, then its own choices, then labs, languages and themes."""
    yield from _keys(app, screen)
    choose: Callable[[], object]
    offered = getattr(screen, "commands", None)
    if offered is not None:
        yield from offered()
    for row in [] if screen.is_modal else desk.rows():  # what lies over a lab is closed before that is left
        title, about = row.head.text("title", language()), row.head.text("summary", language())
        choose = partial(screen.post_message, LabChosen(row.head.id))
        yield SystemCommand(t("palette-lab", title=title), about, choose)
    for code, name in LANGUAGES.items():
        choose = partial(app.choose_language, code)
        yield SystemCommand(t("palette-language", name=name), t("palette-language-help"), choose)
    for theme in themes.OFFERED:
        choose = partial(app.choose_theme, theme)
        yield SystemCommand(t("palette-theme", name=theme), t("palette-theme-help"), choose)


def _keys(app: NetlabApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    node = screen.focused or screen
    active = {found.binding.id for found in screen.active_bindings.values() if found.enabled}
    for key in [key for keys in KEYS.values() for key in keys]:
        if key.id in active and key.id not in _OF_THE_LIST:
            yield SystemCommand(f"{key.label}  {spelled(key.key)}", key.tip, partial(app.run_action, key.action, node))
