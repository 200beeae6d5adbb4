"""Draws what floods: terminals and wire, many times a second, and less often where that would keep keys waiting."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from netlab.app import garbage
from netlab.app.screens import handling

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen

TURNS_A_SECOND = 30
BUSY = 0.5
"""Of the time since the last drawing: where the loop was at work for more than that, a turn is passed over."""
MOST_PASSED = 2
"""Turns that are passed over in a row: ten drawings a second are left, whatever comes."""
BUDGET = 0.0025
"""Seconds of a drawing that all terminals together may spend on output."""
LEAST = 0.0005
"""Seconds that the last of them gets, whatever the others took."""
SELDOM = 6
"""Turns between two looks at what changes without an event: how long a program has waited, whether a file is there."""


class Ticking:
    """The clock of one lab screen."""

    def __init__(self, screen: LabScreen) -> None:
        self._screen = screen
        self._timer = screen.set_interval(1 / TURNS_A_SECOND, self._turn, pause=True)
        self._drawn_at, self._worked = time.monotonic(), time.thread_time()
        self._passed = 0
        self._quiet = 0
        self._seen: tuple[object, ...] = ()

    def live(self, live: bool) -> None:
        """Whether there is something that may flood."""
        garbage.keep_what_is_there()
        if live:
            self._timer.resume()
        else:
            self._timer.pause()
        self._seen = ()
        self.draw()

    def _turn(self) -> None:
        if self._passed < MOST_PASSED and self._busy():
            self._passed += 1
        else:
            self.draw()

    def _busy(self) -> bool:
        """Whether keys had little time to come through since the last drawing, its painting included."""
        passed, worked = time.monotonic() - self._drawn_at, time.thread_time() - self._worked
        return worked > BUSY * passed

    def draw(self) -> None:
        """Everything that is new."""
        self._passed, self._drawn_at, self._worked = 0, time.monotonic(), time.thread_time()
        screen = self._screen
        if self._quiet % 3 == 0:
            screen.session.run.refresh()
        self._pull_terminals()
        if self._anything_new():
            screen.wire.pull()
            handling.stand(screen)
            screen.linking.tick()

    def _anything_new(self) -> bool:
        """Whether anything happened since it was asked last, or it is time to look all the same."""
        session, record = self._screen.session, self._screen.session.run.record
        now = record, record.version if record is not None else 0, session.hands.standing
        self._quiet = self._quiet + 1 if now == self._seen else 0
        self._seen = now
        return self._quiet % SELDOM == 0

    def _pull_terminals(self) -> None:
        deadline = time.monotonic() + BUDGET
        for terminal in self._screen.terminals:
            terminal.pull(max(deadline - time.monotonic(), LEAST))
