"""The way of a frame over the wire: noted, judged by the rules, perhaps stopped or delayed, given to its receivers.

                         +-- queued (the wire is frozen) --+
    arrive --> note -----+                                 +--> rules --> forward --> deliver
                         +---------------------------------+      |          |            ^
                                                                 held, delayed, reordered -+

Nothing here reads a clock for more than its own delays, and nothing asks how long a frame has been on the way.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections import deque

from netlab.network.relay import faults
from netlab.network.relay.frames import (
    DELAYED,
    DELIVERED,
    DROPPED,
    HELD,
    LEFT,
    QUEUED,
    TRAVELLING,
    UNREACHABLE,
    Frame,
)
from netlab.network.relay.matching import Rulebook
from netlab.record.wirelog import DELIVERED_AT_ONCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netlab.network.relay.log import Log
    from netlab.network.relay.matching import Rule, Selector
    from netlab.network.relay.switch import Switch
    from netlab.network.relay.watching import Watcher


MOST_WAITING = 10_000
"""Frames that may be queued, held and delayed at a time, all together."""


class Traffic:
    """All frames that are on the wire, and those that pass without a stop."""

    def __init__(self, log: Log, switch: Switch, watcher: Watcher) -> None:
        self.log = log
        self.switch = switch
        self.watcher = watcher
        self.rules = Rulebook(())
        self.frozen = False
        self.slow = 0
        """Nanoseconds that every frame takes longer."""
        self.queued: deque[Frame] = deque()
        """In the order in which they may go on."""
        self.held: list[Frame] = []
        self.stop_before: Selector | None = None
        """Frames that freeze the wire as they come (`run_until`)."""
        self._due: list[tuple[int, int, Frame]] = []
        self._tie = itertools.count()
        self._plain = True

    def arrive(self, at: int, sender: int, data: bytes) -> None:
        """A host put a frame on the wire."""
        if self._plain:
            rule = self.rules.judge(sender, data) if self.rules else None
            if rule is None:
                self._pass_at_once(at, sender, data)
                return
            self._apply(rule, self._note(at, sender, data))
            return
        self._come(self._note(at, sender, data))

    def _pass_at_once(self, at: int, sender: int, data: bytes) -> None:
        number = self.log.frame(at, sender, data, DELIVERED_AT_ONCE)
        watched = self.watcher.concerns(data)
        if watched:
            self.watcher.announced(number, sender, data)
        self._give(number, sender, data, watched)

    def _note(self, at: int, sender: int, data: bytes) -> Frame:
        frame = Frame(self.log.frame(at, sender, data, 0), sender, data)
        if self.watcher.concerns(data):
            self.watcher.announced(frame.number, sender, data)
        return frame

    def _come(self, frame: Frame) -> None:
        """Queue a frame of a frozen wire, or let it go on; stop before one that is waited for."""
        if self.stop_before is not None and self.stop_before.fits(frame.sender, frame.data):
            self.stop(frame)
        if self.frozen:
            self.queue(frame)
        else:
            self.go_on(frame)

    def stop(self, frame: Frame) -> None:
        """The frame that was waited for is here: freeze the wire before it."""
        self.stop_before = None
        self.frozen = True
        self.log.action("freeze", "", (frame.number,))

    def queue(self, frame: Frame) -> None:
        """The frame waits its turn."""
        if self._no_room_for(frame):
            return
        frame.queued = True
        self.queued.append(frame)
        self._say(frame, QUEUED)

    def go_on(self, frame: Frame) -> None:
        """The rules are asked, once for each frame; then it goes its way."""
        if frame.judged:
            self.deliver(frame)
            return
        rule = self.rules.judge(frame.sender, frame.data) if self.rules else None
        if rule is None:
            self.forward(frame)
        else:
            self._apply(rule, frame)

    def _apply(self, rule: Rule, frame: Frame) -> None:
        frame.judged = True
        frame.rule = rule.mark
        faults.apply(self, rule, frame)

    def forward(self, frame: Frame) -> None:
        """Send a frame on its way, which takes its time on a slow wire."""
        if self.slow:
            self.delay(frame, self.slow)
        else:
            self.deliver(frame)

    def delay(self, frame: Frame, nanoseconds: int) -> None:
        """Deliver a frame later."""
        if self._no_room_for(frame):
            return
        if frame.fate == DELIVERED:
            frame.fate = DELAYED
        frame.judged = True
        heapq.heappush(self._due, (time.monotonic_ns() + nanoseconds, next(self._tie), frame))
        if frame not in self.held:  # one that waits to be overtaken is held, and let go by whichever comes first
            self._say(frame, TRAVELLING)

    def hold(self, frame: Frame) -> None:
        """Keep a frame until something lets it go."""
        if self._no_room_for(frame):
            return
        if frame.fate == DELIVERED:
            frame.fate = DELAYED
        frame.judged = True
        self.held.append(frame)
        self._say(frame, HELD)
        self.settle()

    def release(self, frame: Frame) -> None:
        """What a frame waited for has come; on a frozen wire it joins the queue."""
        if frame in self.held:
            self.held.remove(frame)
            self.settle()
        if self.frozen:
            self.queue(frame)
        else:
            self.deliver(frame)

    def deliver(self, frame: Frame) -> None:
        """Give a frame to its receivers, then do what was to be done after it."""
        frame.gone = True
        self.log.fate(frame.number, frame.fate, frame.rule, text=frame.text)
        self._give(frame.number, frame.sender, frame.data, self.watcher.concerns(frame.data))
        if self.held:
            faults.after(self, frame)

    def _no_room_for(self, frame: Frame) -> bool:
        """Drop a frame where too many wait: a flood against a frozen wire must not fill the machine's memory."""
        if len(self.queued) + len(self.held) + len(self._due) < MOST_WAITING:
            return False
        frame.gone = True
        if not frame.is_copy:
            self.log.fate(frame.number, DROPPED, frame.rule, text=f"{MOST_WAITING} frames wait on the wire already")
        return True

    def _say(self, frame: Frame, fate: int) -> None:
        """A copy's waiting is not the frame's: that one has been delivered."""
        if not frame.is_copy:
            self.log.fate(frame.number, fate, frame.rule)

    def _give(self, number: int, sender: int, data: bytes, watched: bool) -> None:
        switch = self.switch
        receivers = switch.receivers(sender, data)
        if switch.cut or not receivers:
            receivers = self._reachable(number, sender, receivers)
        for receiver in receivers:
            if watched:
                self.watcher.before(receiver, data)
            if not switch.send(receiver, data):
                self.log.fate(number, UNREACHABLE, receiver=receiver)
            elif watched:
                self.watcher.made(number, receiver, data)

    def _reachable(self, number: int, sender: int, receivers: tuple[int, ...]) -> tuple[int, ...]:
        cut = self.switch.cut
        reachable = () if sender in cut else tuple(receiver for receiver in receivers if receiver not in cut)
        if not reachable:
            self.log.fate(number, UNREACHABLE)
            return ()
        for receiver in receivers:
            if receiver in cut:
                self.log.fate(number, UNREACHABLE, receiver=receiver)
        return reachable

    def settle(self) -> None:
        """Know again whether frames may pass without a stop. To be called after any change to how the wire stands."""
        self._plain = not (self.frozen or self.slow or self.held or self.stop_before)

    def next_due(self) -> int | None:
        """When the next delayed frame is due."""
        return self._due[0][0] if self._due else None

    def tick(self) -> None:
        """Let go of what is due."""
        while self._due and self._due[0][0] <= time.monotonic_ns():
            frame = heapq.heappop(self._due)[2]
            if not (frame.gone or frame.queued):
                self.release(frame)

    def end(self) -> None:
        """Say of what is still on the wire that it stayed there."""
        waiting = {*self.queued, *self.held, *(frame for _, _, frame in self._due)}
        for frame in sorted(waiting, key=lambda frame: frame.number):
            if not frame.gone:
                self._say(frame, LEFT)
