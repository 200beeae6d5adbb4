"""The line that says how the wire stands, in words that can be clicked: what is queued on the left, what can be done
on the right.

     frozen, 2 queued: #14 SYN, #15 ACK   held: #9   cut: client   wire.toml: 2 rules      Thaw  Step  Drop  Hold

Where one line is too short for both, what can be done gets a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widget import Widget

from netlab.app.drawing import cells, fit


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of the line."""

    text: str
    look: str = ""
    """A component class, without its `wireline--`."""
    action: str = ""
    """A Textual action of the pane that a click takes; nothing where a click does nothing."""
    tip: str = ""


class WireLine(Widget):
    """Words about the wire on the left, words that do something on the right, as many as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"wireline--{look}" for look in ("frozen", "next", "number", "warning", "deed", "quiet")
    }

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[Word, ...] = ()
        self._offered: tuple[Word, ...] = ()

    def show(self, said: Sequence[Word], offered: Sequence[Word]) -> None:
        """Other words; without any the line is not there."""
        if (tuple(said), tuple(offered)) != (self._said, self._offered):
            self._said, self._offered = tuple(said), tuple(offered)
            self.display = bool(said or offered)
            self._fit_height()
            self.refresh()

    def on_resize(self) -> None:
        self._fit_height()

    def _fit_height(self) -> None:
        both = bool(self._said and self._offered)
        self.styles.height = 2 if both and _width(self._said) + _width(self._offered) > (self.size.width or 80) else 1

    def render(self) -> Content:
        return Content("\n").join([self._drawn(places) for places in self._laid_out()])

    def _drawn(self, places: list[tuple[int, Word]]) -> Content:
        parts, at = [], 0
        for start, word in places:
            look = self.get_visual_style(f"wireline--{word.look}") if word.look else ""
            parts.append(Content.assemble(" " * (start - at), (word.text, look)))
            at = start + cells(word.text)
        return Content("").join(parts)

    def _laid_out(self) -> list[list[tuple[int, Word]]]:
        """For each line its words, and where they start."""
        width = self.size.width
        said = _placed(self._said, 0, width)
        if self.size.height > 1:
            return [said, _placed(self._offered, 0, width)]
        used = said[-1][0] + cells(said[-1][1].text) if said else 0
        kept = [word for _, word in _placed(self._offered, used, width, whole=True)]
        return [[*said, *_placed(kept, width - _width(kept), width)]]

    def word_at(self, x: int, y: int = 0) -> Word | None:
        """The word at a place."""
        lines = self._laid_out()
        places = lines[y] if y < len(lines) else []
        return next((word for start, word in places if start <= x < start + cells(word.text)), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        word = self.word_at(event.x, event.y)
        tip = word.tip or None if word else None
        if tip != self.tooltip:
            self.tooltip = tip

    async def on_click(self, event: events.Click) -> None:
        word = self.word_at(event.x, event.y)
        if word is not None and word.action and isinstance(self.parent, Widget):
            event.stop()
            await self.app.run_action(word.action, self.parent)


def _placed(words: Sequence[Word], start: int, end: int, *, whole: bool = False) -> list[tuple[int, Word]]:
    """Words one after another, as far as there is room; the last one cut, unless they are wanted whole."""
    places = []
    for word in words:
        if start + cells(word.text) > end:
            if not whole and end > start:
                places.append((start, replace(word, text=fit(word.text, end - start))))
            break
        places.append((start, word))
        start += cells(word.text)
    return places


def _width(words: Sequence[Word]) -> int:
    return sum(cells(word.text) for word in words)
