"""The line at the top: where am I, how far, on which network."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Headline(Widget):
    """Three texts: the place (left), the progress (right), and a standing notice at the end of the line, if any."""

    COMPONENT_CLASSES: ClassVar = {"headline--name", "headline--notice"}

    place = reactive("")
    progress = reactive("")
    network = reactive("")
    notice = reactive(False)
    """Whether the network is one that the learner must know to be less than the real thing."""

    def render(self) -> Content:
        name = Content.assemble((" netlab ", self.get_visual_style("headline--name")))
        style = self.get_visual_style("headline--notice") if self.notice else ""
        network = Content.assemble((f" {self.network} ", style)) if self.network else Content("")
        right = Content(f"{self.progress}   ") if self.progress else Content("")
        room = self.size.width - name.cell_length - network.cell_length - right.cell_length
        place = Content(f"  {self.place}")
        if place.cell_length > room:
            place = place.truncate(max(room, 0))
        return Content("").join([name, place, Content(" " * max(room - place.cell_length, 0)), right, network])
