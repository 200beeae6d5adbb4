"""What can be asked of the wire: one method for each request of `netlab.network.wire.Wire`."""

from __future__ import annotations

import os
import time

from netlab.network.relay.frames import BY_HAND, DROPPED, Frame
from netlab.network.relay.matching import Rule, Rulebook, Selector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from netlab.network.relay.control import Control, Request
    from netlab.network.relay.ring import Ring
    from netlab.network.relay.traffic import Traffic


class Refused(Exception):
    """The request cannot be done; the text says why."""


class Commands:
    """Requests, done at once or kept until what they wait for has come."""

    def __init__(self, control: Control, ring: Ring, traffic: Traffic) -> None:
        self._control = control
        self._ring = ring
        self._traffic = traffic
        self._waiting: list[tuple[Request, Callable[[], Any]]] = []

    @property
    def in_hurry(self) -> bool:
        """Whether something waits that the wire itself will bring about."""
        return any(request["do"] == "flush" for request, _ in self._waiting)

    def do(self, request: Request, fds: list[int]) -> None:
        """Do one request and answer it, or remember that it waits."""
        try:
            result = getattr(self, "do_" + request["do"])(request, *fds)
        except Refused as refusal:
            self._control.answer(request, error=str(refusal))
            return
        if callable(result):
            self._waiting.append((request, result))
        else:
            self._control.answer(request, result)

    def answer_waiting(self) -> None:
        """Answer what has been waited for long enough: its question now has another answer than None."""
        still: list[tuple[Request, Callable[[], Any]]] = []
        for request, question in self._waiting:
            result = question()
            if result is None:
                still.append((request, question))
            else:
                self._control.answer(request, result)
        self._waiting = still

    def do_attach(self, request: Request, sender: int, diag: int = -1) -> None:
        """Plug in a host: the packet socket that reaches it and, to watch its states, its NETLINK_SOCK_DIAG socket."""
        traffic, host = self._traffic, request["host"]
        traffic.switch.attach(host, sender, request["interface"], bytes.fromhex(request["mac"].replace(":", "")))
        if diag >= 0 and (old := traffic.watcher.attach(host, diag)) is not None:
            os.close(old)

    def do_end(self, request: Request) -> int:
        """Say of what is still on the wire that it stayed there; the answer is the log's length."""
        self._traffic.end()
        self._traffic.log.flush()
        return self._traffic.log.size

    def do_flush(self, request: Request) -> Callable[[], int | None]:
        """Everything that came before is in the log; the answer is the log's length."""
        asked = time.monotonic_ns()
        traffic, watcher = self._traffic, self._traffic.watcher
        watcher.look_soon()

        def flushed() -> int | None:
            carried = self._ring.seen_until >= asked and watcher.looked_since(asked)
            return traffic.log.size if carried else None

        return flushed

    def do_grown(self, request: Request) -> Callable[[], int | None]:
        """The log is longer than `beyond` bytes; the answer is its length."""
        return lambda: size if (size := self._traffic.log.size) > request["beyond"] else None

    def do_rules(self, request: Request) -> None:
        """Other rules from now on; their counts begin anew."""
        macs = self._traffic.switch.macs
        self._traffic.rules = Rulebook([Rule(index, spec, macs) for index, spec in enumerate(request["rules"])])
        self._note("rules", f"{len(request['rules'])} rules")

    def do_slow(self, request: Request) -> None:
        """Every frame takes so many nanoseconds longer."""
        self._traffic.slow = request["nanoseconds"]
        self._note("slow", f"{request['nanoseconds'] / 1e9:g} s")

    def do_cut(self, request: Request) -> None:
        """Pull a host's cable."""
        self._traffic.switch.cut.add(request["host"])
        self._note("cut", request["name"])

    def do_join(self, request: Request) -> None:
        """Plug it in again."""
        self._traffic.switch.cut.discard(request["host"])
        self._note("join", request["name"])

    def do_note(self, request: Request) -> None:
        """Something happened that the wire had no part in: write it down in order with the frames."""
        self._note(request["action"], request["detail"])

    def do_freeze(self, request: Request) -> None:
        """From now on frames queue."""
        self._traffic.frozen = True
        self._traffic.stop_before = None
        self._note("freeze")

    def do_thaw(self, request: Request) -> None:
        """All that is queued goes on, and so does what comes."""
        self._traffic.stop_before = None
        self._note("thaw")
        self._thaw()

    def do_step(self, request: Request) -> int | None:
        """One queued frame goes on, the first or a named one. The answer is its number, 0 where none is queued."""
        if not self._traffic.queued and request["number"] is None:
            return 0
        frame = self._take_queued(request["number"])
        self._note("step", "", frame)
        self._traffic.go_on(frame)
        return frame.number

    def do_drop(self, request: Request) -> int:
        """A queued or held frame is never delivered."""
        traffic = self._traffic
        waits = [frame for frame in traffic.held if frame.number == request["number"]]
        frame = waits[0] if waits else self._take_queued(request["number"])
        if waits:
            traffic.held.remove(frame)
        frame.gone = True
        traffic.log.fate(frame.number, DROPPED, BY_HAND)
        self._note("drop", "", frame)
        return frame.number

    def do_hold(self, request: Request) -> int:
        """A queued frame is laid aside; others may pass it."""
        frame = self._take_queued(request["number"])
        frame.rule = BY_HAND
        self._note("hold", "", frame)
        self._traffic.hold(frame)
        return frame.number

    def do_release(self, request: Request) -> list[int]:
        """Held frames go on, all of them or a named one, even while the wire is frozen."""
        traffic, number = self._traffic, request["number"]
        frames = [frame for frame in traffic.held if number in (None, frame.number)]
        if number is not None and not frames:
            raise Refused(f"Frame {number} is not held.")
        for frame in frames:
            traffic.held.remove(frame)
            self._note("release", "", frame)
            traffic.deliver(frame)
        return _numbers(frames)

    def do_run_until(self, request: Request) -> Callable[[], int | None]:
        """Thaw, and freeze again before the next frame of a kind. Answers its number, 0 if somebody intervened."""
        traffic = self._traffic
        selector = traffic.stop_before = Selector(request["match"], traffic.switch.macs)
        self._note("thaw", "until")
        head = traffic.queued[0] if traffic.queued else None
        self._thaw(past=head)

        def stopped() -> int | None:
            if traffic.stop_before is selector:
                return None
            return traffic.queued[0].number if traffic.frozen and traffic.queued else 0

        return stopped

    def do_until_queued(self, request: Request) -> Callable[[], list[int] | None]:
        """So many frames are queued; the answer is their numbers."""
        queued = self._traffic.queued
        return lambda: _numbers(queued) if len(queued) >= request["count"] else None

    def do_status(self, request: Request) -> dict[str, Any]:
        """How the wire stands."""
        traffic = self._traffic
        return {
            "frozen": traffic.frozen,
            "queued": _numbers(traffic.queued),
            "held": _numbers(traffic.held),
            "cut": sorted(traffic.switch.cut),
            "frames": traffic.log.frames,
            "lost": traffic.log.lost,
        }

    def _thaw(self, past: Frame | None = None) -> None:
        """Let the queue go on; with something to stop before, only so far. `past` is a frame not to stop at again."""
        traffic = self._traffic
        traffic.frozen = False
        while traffic.queued:
            frame = traffic.queued[0]
            if frame is not past and traffic.stop_before and traffic.stop_before.fits(frame.sender, frame.data):
                traffic.stop(frame)
                break
            traffic.go_on(traffic.queued.popleft())

    def _take_queued(self, number: int | None) -> Frame:
        for place, frame in enumerate(self._traffic.queued):
            if number in (None, frame.number):
                del self._traffic.queued[place]
                frame.queued = False
                return frame
        raise Refused(f"Frame {number} is not queued." if number else "No frame is queued.")

    def _note(self, action: str, detail: str = "", frame: Frame | None = None) -> None:
        self._traffic.log.action(action, detail, (frame.number,) if frame else ())
        self._traffic.settle()


def _numbers(frames: Iterable[Frame]) -> list[int]:
    """No more than MOST_WAITING, so that an answer fits into one packet."""
    return [frame.number for frame in frames]
