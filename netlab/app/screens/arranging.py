"""How much room each pane has: dividers that keys and the mouse move, remembered for each layout.

Where panes are side by side there are five: `side` (between guide and code), `guide` (between guide and checkpoints),
`code` and `wire` (around code, programs and wire), and `terminals` (between the first terminal and the others). The
title of the lower pane is the divider above it; between panes that stand side by side it is the empty column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.geometry import Region
from textual.widget import Widget

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen

Name = Literal["side", "guide", "code", "wire", "terminals"]

LEAST = {"x": 24, "y": 4}
"""Cells that a pane keeps."""
STEP = {"x": 2, "y": 1}
"""Cells that a key moves a divider."""
WHOLE = 10_000
"""Sizes are kept in so many parts of the whole: they hold when the terminal has another size."""


@dataclass(frozen=True, slots=True)
class Divider:
    """A divider on the screen as it is."""

    name: Name
    axis: Literal["x", "y"]
    place: Region
    """Where it can be taken hold of."""
    at: int
    """The cells on its measured side: left or above of it, below of it for the wire."""
    total: int
    """The cells that both sides have together."""
    origin: int
    """Where the measured side begins on its axis."""
    grows: int = 1
    """1 where moving right or down gives the measured side more, else -1."""


class Arrangement:
    """The sizes of one lab screen's panes."""

    def __init__(self, screen: LabScreen) -> None:
        self._screen = screen
        self._dragged: Name | None = None

    @property
    def _layout(self) -> str:
        return "panes/wide" if self._screen.has_class("-wide") else "panes/normal"

    @property
    def _kept(self) -> dict[str, int]:
        return self._screen.settings.get(self._layout, {})

    def fit(self) -> None:
        """Gives every pane what is remembered; the usual, where nothing is or one pane is seen at a time."""
        sizes = self._kept if self._screen.panes.side_by_side else {}
        side, guide, _, code, programs, wire, work = map(self._widget, _WIDGETS)
        body, wide = self._widget("lab-body").size, self._screen.has_class("-wide")
        down = body.height
        side.styles.width = _part(sizes.get("side"), body.width)
        guide.styles.height = _part(sizes.get("guide"), down)
        code.styles.height = None if wide else _part(sizes.get("code"), down)
        wire.styles.height = None if wide else _part(sizes.get("wire"), down)
        across = _part(sizes.get("code"), work.size.width) if wide else None
        below = _part(sizes.get("wire"), down) if wide else None
        work.styles.grid_columns = f"{across} 1fr" if across else None
        work.styles.grid_rows = f"1fr {below}" if below else None
        programs.styles.height = "1fr" if sizes and not wide else None
        self._share_out(sizes.get("terminals"))

    def _share_out(self, first: int | None) -> None:
        """So many parts of the room for the first terminal, of which every other one has a share."""
        terminals, wide = self._terminals(), self._screen.has_class("-wide")
        for terminal in terminals:
            terminal.styles.width = terminal.styles.height = None
        if first and len(terminals) > 1:
            share = f"{first * (len(terminals) - 1) / (WHOLE - first):.3f}fr"
            terminals[0].styles.width, terminals[0].styles.height = (None, share) if wide else (share, None)

    def forget(self) -> None:
        """The usual sizes, in every layout."""
        for layout in ("panes/wide", "panes/normal"):
            self._screen.settings.put(layout, {})
        self.fit()

    # Keys.

    def push(self, direction: str) -> None:
        """Moves the divider of the focused pane one step `left`, `right`, `up` or `down`."""
        axis: Literal["x", "y"] = "x" if direction in ("left", "right") else "y"
        divider = next((one for one in self._dividers() if one.name == self._mine(axis)), None)
        if divider is not None:
            step = STEP[axis] * (1 if direction in ("right", "down") else -1)
            self._put(divider, self._cells(divider) + step * divider.grows)

    def _mine(self, axis: str) -> Name:
        """Which divider belongs to the pane in focus."""
        pane = self._screen.panes.focused
        if pane is not None and pane.id in ("guide", "checks"):
            return "side" if axis == "x" else "guide"
        wide, wire = self._screen.has_class("-wide"), pane is not None and pane.id == "wire"
        if pane in self._terminals() and len(self._terminals()) > 1 and (axis == "y") == wide:
            return "terminals"
        if axis == "x":
            return "code" if wide and not wire else "side"
        return "code" if not wide and pane is not None and pane.id == "code" else "wire"

    # The mouse.

    def take(self, x: int, y: int) -> bool:
        """Takes hold of the divider at that place of the screen, if there is one."""
        found = [one.name for one in self._dividers() if one.place.contains(x, y)]
        self._dragged = found[0] if found else None
        return bool(found)

    def drag(self, x: int, y: int) -> bool:
        """Brings the divider that is held to that place."""
        divider = next((one for one in self._dividers() if one.name == self._dragged), None)
        if divider is not None:
            self._put(divider, ((x if divider.axis == "x" else y) - divider.origin) * divider.grows)
        return divider is not None

    def let_go(self) -> bool:
        """Whether a divider was held."""
        held, self._dragged = self._dragged is not None, None
        return held

    # Where they are.

    def _put(self, divider: Divider, cells: int) -> None:
        """Gives the measured side so many cells, or as near to it as the panes' least sizes allow."""
        least = LEAST[divider.axis]
        cells = max(min(cells, divider.total - least - self._others(divider)), least)
        if cells != self._cells(divider) and divider.total >= 2 * least:
            share = round(cells * WHOLE / divider.total)
            self._screen.settings.put(self._layout, {**self._now(), divider.name: share})
            self.fit()

    def _cells(self, divider: Divider) -> int:
        """How many it has now: keys may come faster than the screen is laid out."""
        kept = self._kept.get(divider.name)
        return round(kept * divider.total / WHOLE) if kept else divider.at

    def _others(self, divider: Divider) -> int:
        """Cells of the total that a third pane keeps: code, programs and wire stand on one another."""
        if self._screen.has_class("-wide") or divider.name not in ("code", "wire"):
            return 0
        return self._widget("wire" if divider.name == "code" else "code").region.height

    def _now(self) -> dict[str, int]:
        """Every share as it is drawn: moving one divider must not move another."""
        drawn: dict[str, int] = {one.name: round(one.at * WHOLE / one.total) for one in self._dividers()}
        return {**drawn, **self._kept}

    def _dividers(self) -> list[Divider]:
        if not self._screen.panes.side_by_side:
            return []
        side, guide, checks, code, programs, wire, work = (self._widget(name).region for name in _WIDGETS)
        body = self._widget("lab-body").region
        gap = Region(side.right, side.y, 1, side.height)
        below = Divider("wire", "y", _title(wire), wire.height, work.height, work.bottom, -1)
        around = [Divider("side", "x", gap, side.width, body.width, side.x), below]
        around.append(Divider("guide", "y", _title(checks), guide.height, side.height, side.y))
        around += self._between_terminals(programs)
        if self._screen.has_class("-wide"):
            between = Region(code.right, code.y, 1, code.height)
            return [*around, Divider("code", "x", between, code.width, work.width, work.x)]
        return [*around, Divider("code", "y", _title(programs), code.height, work.height, work.y)]

    def _between_terminals(self, room: Region) -> list[Divider]:
        if len(self._terminals()) < 2:
            return []
        first, second = (terminal.region for terminal in self._terminals()[:2])
        if self._screen.has_class("-wide"):
            return [Divider("terminals", "y", _title(second), first.height, room.height, room.y)]
        gap = Region(first.right, first.y, 1, first.height)
        return [Divider("terminals", "x", gap, first.width, room.width, room.x)]

    def _terminals(self) -> list[Widget]:
        return [terminal for terminal in self._screen.terminals if not terminal.has_class("-gone")]

    def _widget(self, name: str) -> Widget:
        return self._screen.query_one(f"#{name}")


_WIDGETS = ("side", "guide", "checks", "code", "programs", "wire", "work")


def _title(region: Region) -> Region:
    return Region(region.x, region.y, region.width, 1)


def _part(share: int | None, whole: int) -> int | None:
    """So many cells of the whole; None where nothing is remembered, or nothing laid out yet."""
    return round(share * whole / WHOLE) if share and whole else None
