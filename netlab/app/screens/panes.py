"""Which pane has the focus, and which are seen: all side by side, or one at a time (narrow screens, zoom)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.app.widgets.pane import Pane
from netlab.app.widgets.tabline import TABS, TabLine

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


class Panes:
    """The panes of a lab screen, in the order of F6."""

    def __init__(self, screen: LabScreen) -> None:
        self._screen = screen
        self._front = ""
        self.bring("guide")

    @property
    def side_by_side(self) -> bool:
        """Whether more than one pane is seen."""
        return not self._screen.classes & {"-narrow", "-low", "-zoomed"}

    def go(self, by: int) -> None:
        """The focus to the next pane, or the one before."""
        panes = self._in_order()
        focused = self.focused
        at = panes.index(focused) if focused in panes else -1 if by > 0 else 0
        self._focus(panes[(at + by) % len(panes)])

    def go_to(self, tab: str) -> None:
        """The focus to a pane by its tab."""
        pane = next((pane for pane in self._in_order() if _tab_of(pane) == tab), None)
        if pane is not None:
            self._focus(pane)

    def go_to_terminal(self, terminal: str) -> None:
        """The focus to one program's terminal, if it has one."""
        pane = next((pane for pane in self._in_order() if pane.id == f"terminal-{terminal}"), None)
        if pane is not None:
            self._focus(pane)

    def bring(self, tab: str) -> None:
        """To the front, where one pane is seen at a time; the focus stays where it is."""
        self._front = tab
        self._screen.query_one(TabLine).front = tab
        for pane in self._in_order():
            pane.set_class(_tab_of(pane) == tab, "-front")
        self._screen.query_one("#side").set_class(tab in ("guide", "checks"), "-front")
        self._screen.query_one("#work").set_class(tab not in ("guide", "checks"), "-front")
        self._screen.query_one("#programs").set_class(tab == "programs", "-front")
        if self._screen.has_class("-zoomed"):
            self._remember_zoom()

    def zoom(self) -> None:
        """The pane in focus takes the whole screen, or gives it back."""
        focused = self.focused
        if focused is not None:
            self.bring(_tab_of(focused))
        self._screen.toggle_class("-zoomed")
        self._remember_zoom()
        self._screen.arrangement.fit()

    def zoom_again(self) -> bool:
        """The pane that had the whole screen when the lab was left has it again; whether there was one."""
        tab = self._screen.settings.get("zoom", "")
        if tab not in TABS or self._screen.focused is not None:
            return False
        self._screen.add_class("-zoomed")
        self.go_to(tab)
        self._screen.arrangement.fit()
        return True

    def _remember_zoom(self) -> None:
        self._screen.settings.put("zoom", self._front if self._screen.has_class("-zoomed") else "")

    def _focus(self, pane: Pane) -> None:
        self.bring(_tab_of(pane))
        pane.take_focus()

    @property
    def focused(self) -> Pane | None:
        """The pane that has the focus."""
        focused = self._screen.focused
        return next((node for node in focused.ancestors_with_self if isinstance(node, Pane)), None) if focused else None

    def _in_order(self) -> list[Pane]:
        there = [pane for pane in self._screen.query(Pane) if not pane.has_class("-gone")]
        return sorted(there, key=lambda pane: TABS.index(_tab_of(pane)))


def _tab_of(pane: Pane) -> str:
    """Terminals share a tab; every other pane has its own."""
    return pane.id if pane.id in TABS else "programs"
