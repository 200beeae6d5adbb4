"""The panes as tabs: one line, where the screen shows one pane at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from netlab.app.drawing import cells
from netlab.app.messages import PaneChosen
from netlab.app.texts import t

TABS = ("guide", "code", "programs", "wire", "checks")
"""In the order of F6."""


class TabLine(Widget):
    """`Guide  Code  Programs  Wire  Checks`; a click brings that pane to the front."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabline--front"}

    front = reactive("guide")

    def render(self) -> Content:
        style = self.get_visual_style("tabline--front")
        return Content("").join(
            [Content.assemble((label, style)) if tab == self.front else Content(label) for tab, label in self._labels()]
        )

    def _labels(self) -> list[tuple[str, str]]:
        words = {"checks": t("checks-tab"), "programs": t("programs-tab")}
        return [(tab, f"  {words.get(tab) or t(tab)}  ") for tab in TABS]

    def on_click(self, event: events.Click) -> None:
        at = 0
        for tab, label in self._labels():
            at += cells(label)
            if event.x < at:
                self.post_message(PaneChosen(tab))
                return
