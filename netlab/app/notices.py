"""Short words to the learner at the edge of the screen. Text is text there, never markup."""

from __future__ import annotations

from textual.app import App
from textual.widget import Widget

from netlab.app.drawing import clean
from netlab.app.texts import t
from netlab.errors import NetlabError

LONG = 12
"""Seconds for what takes a moment to read."""


def say(node: Widget | App[int], text: str) -> None:
    """Something that is good to know."""
    node.notify(clean(text), markup=False)


def warn(node: Widget | App[int], text: str) -> None:
    """Something to be aware of."""
    node.notify(clean(text), severity="warning", timeout=LONG, markup=False)


def tell_error(node: Widget | App[int], error: NetlabError | str) -> None:
    """Something that did not work, and what to do about it."""
    node.notify(clean(str(error)), title=t("error-title"), severity="error", timeout=LONG, markup=False)
