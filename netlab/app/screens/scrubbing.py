"""The past of a run: code, wire, states and terminals as they were at one moment; the run itself goes on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.app.texts import t
from netlab.record import past
from netlab.record.labels import duration

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


class Scrubbing:
    """Where in time one lab screen is."""

    def __init__(self, screen: LabScreen) -> None:
        self._screen = screen
        self.moment: int | None = None
        """Nanoseconds of the run's clock; None for now."""

    def move(self, by: int) -> None:
        """So many events on, or back; after the last one it is now."""
        record = self._screen.wire.record
        if record is None:
            return
        moment: int | None = self.moment if self.moment is not None else record.ends[1]
        for _ in range(abs(by)):
            if moment is not None:
                moment = past.after(record, moment) if by > 0 else past.before(record, moment)
        if self.moment is not None or by < 0:
            self.go(moment)

    def go(self, moment: int | None) -> None:
        """Everything as it was then, or as it is now."""
        screen, record = self._screen, self._screen.wire.record
        if record is None or moment == self.moment:
            return
        self.moment = moment
        screen.wire.go_to_time(moment)
        for terminal in screen.terminals:
            if moment is None and screen.session.run.stage is not None:
                terminal.attach(again=True)
            else:
                terminal.replay(record, moment)
        screen.linking.tick()
        screen.tell_place()

    def forget(self) -> None:
        """Another run is on the screen: it is looked at now."""
        self.moment = None

    @property
    def words(self) -> str:
        """`the past, 3.21 s`; empty now."""
        record = self._screen.wire.record
        if self.moment is None or record is None:
            return ""
        return t("the-past", then=duration(max(self.moment - record.ends[0], 0)))
