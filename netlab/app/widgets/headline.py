"""The line at the top: where am I, how far, on which network."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from netlab.app.drawing import cells, fit


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
        style = self.get_visual_style("headline--notice") if self.notice else ""
        network = Content.assemble((f" {self.network} ", style)) if self.network else Content("")
        room = self.size.width - name.cell_length - network.cell_length
        right = next((text for text in self._progress_texts() if cells(text) <= room - 24), "")
        place = fit(f"  {self.place}", max(room - cells(right), 0))
        return Content("").join([name, Content(place), Content(right), network])

    def _progress_texts(self) -> list[str]:
        """The progress at full length, then without its first parts, for a narrow line."""
        parts = [part for part in self.progress.split("\n") if part]
        return ["  " + "   ".join(parts[n:]) + "   " for n in range(len(parts))]
