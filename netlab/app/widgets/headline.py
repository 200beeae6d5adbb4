"""The line at the top: where am I, how far, on which network."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from netlab.app.drawing import cells, fit

LEAST_PLACE = 24
"""Cells that the place keeps on any line."""


class Headline(Widget):
    """Three texts: the place (left), the progress (right), and a standing notice at the end of the line, if any."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"headline--name", "headline--notice"}

    place = reactive("")
    progress = reactive("")
    """One part a line, the most important last: where the line is too short, the first go."""
    network = reactive("")
    notice = reactive(False)
    """Whether the network is one that the learner must know to be less than the real thing."""

    def render(self) -> Content:
        name = Content.assemble((" netlab ", self.get_visual_style("headline--name")))
        progress = self._progress_texts()
        room = self.size.width - name.cell_length - LEAST_PLACE
        network = f" {self.network} " if self.network else ""
        if progress and not self.notice and not any(cells(text + network) <= room for text in progress):
            network = ""  # nothing that one must know: how far I am comes first
        right = next((text for text in progress if cells(text + network) <= room), "")
        place = fit(f"  {self.place}", max(room + LEAST_PLACE - cells(right + network), 0))
        style = self.get_visual_style("headline--notice") if self.notice else ""
        return Content("").join([name, Content(place), Content(right), Content.assemble((network, style))])

    def _progress_texts(self) -> list[str]:
        """The progress at full length, then without its first parts, for a narrow line."""
        parts = [part for part in self.progress.split("\n") if part]
        return ["  " + "   ".join(parts[n:]) + "   " for n in range(len(parts))]
