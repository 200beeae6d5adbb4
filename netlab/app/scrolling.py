"""What scrolls: bars of plain blanks, and views that grow without the screen being laid out anew."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.widget import Widget


class PlainScrollBar(ScrollBarRender):
    """A thumb that moves by whole cells.

    Textual's own use block elements, whose width East Asian terminals do not agree on.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


class GrowingView(ScrollView):
    """A view whose content grows many times a second.

    A new `virtual_size` has Textual lay out the whole screen. That is needed only where a scroll bar comes or goes, and
    then Textual does it by itself.
    """

    def grow(self, size: Size) -> None:
        """The content has this size now; the scroll bars know."""
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
