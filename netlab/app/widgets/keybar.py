"""The line at the bottom: the keys that apply here. Drawn in one go: the first paint waits for nothing else."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from netlab.app.drawing import cells
from netlab.app.keys import KEYS, spelled
from netlab.app.texts import t

_EVERYWHERE = frozenset(key.id for place in ("app", "home", "lab") for key in KEYS[place])
_HANDS = frozenset(key.id for place in ("wire", "frozen") for key in KEYS[place])
"""Before the rest of what the wire pane has: they change with how the wire stands."""
_ALWAYS = frozenset({"help", "palette", "close"})
"""Where all the others are found, those that have no room here too; and the way out."""


class KeyBar(Widget):
    """What applies to the focus on the left, what applies everywhere on the right; a click presses the key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key"}

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, screen: Screen[Any]) -> None:
        self.refresh()

    def render(self) -> Content:
        left, right = self._laid_out()
        key_style = self.get_visual_style("keybar--key")
        parts = [self._part(binding, key_style) for binding in left]
        tail = [self._part(binding, key_style) for binding in right]
        used = sum(part.cell_length for part in (*parts, *tail))
        gap = Content(" " * max(self.size.width - used, 0))
        return Content("").join([*parts, gap, *tail])

    def _part(self, binding: Binding, key_style: Any) -> Content:
        return Content.assemble((f" {spelled(binding.key)} ", key_style), f"{t(binding.description)} ")

    def _laid_out(self) -> tuple[list[Binding], list[Binding]]:
        """Those of the focus, those of everywhere: as many as fit, the focus first."""
        applying = self._applying()
        local = [binding for binding in applying if binding.id not in _EVERYWHERE]
        everywhere = [binding for binding in applying if binding.id in _EVERYWHERE]
        first = [binding for binding in applying if binding.id in _ALWAYS]
        kept = _fitting([*first, *local, *everywhere], self.size.width)
        return [one for one in local if one in kept], [one for one in everywhere if one in kept]

    def _applying(self) -> list[Binding]:
        focused = self.screen.focused
        greedy = bool(getattr(focused, "takes_all_keys", False))
        found: dict[str | None, Binding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.show and (binding.description or "").startswith("key."):
                found.setdefault(binding.id, binding)
        order = [key.id for place in ("lab", "home", "app") for key in KEYS[place]]
        chosen = [binding for binding in found.values() if binding.priority or not greedy]
        return sorted(chosen, key=lambda b: order.index(b.id) if b.id in order else -2 if b.id in _HANDS else -1)

    def _at(self, x: int) -> Binding | None:
        left, right = self._laid_out()
        start = 0
        for binding in left:
            if start <= x < start + _width(binding):
                return binding
            start += _width(binding)
        start = self.size.width - sum(map(_width, right))
        for binding in right:
            if start <= x < start + _width(binding):
                return binding
            start += _width(binding)
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        binding = self._at(event.x)
        tip = t(f"{binding.description}.tip") if binding else None
        if tip != self.tooltip:
            self.tooltip = tip

    async def on_click(self, event: events.Click) -> None:
        if binding := self._at(event.x):
            self.app.simulate_key(binding.key.split(",")[0])


def _fitting(bindings: list[Binding], room: int) -> list[Binding]:
    """As many of them, from the first on, as there is room for; each counts once."""
    once = list(dict.fromkeys(bindings))
    ends = accumulate(map(_width, once))
    return [binding for binding, end in zip(once, ends, strict=True) if end <= room]


def _width(binding: Binding) -> int:
    return cells(f" {spelled(binding.key)} {t(binding.description)} ")
