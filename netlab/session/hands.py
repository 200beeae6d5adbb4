"""A learner's hands on the wire of the run: freeze it, let frames through one by one, drop, hold, delay, cut, reboot.

The wire is another process: every deed is asked of it and awaited. How it stands is read as a snapshot, `standing`, and
asked anew only when something happened. On the loopback there is no wire, and every deed says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from netlab.errors import NetlabError, UnavailableError, UsageError
from netlab.network.rules import Match
from netlab.network.wire import Wire
from netlab.session.scene import Run
from netlab.tasks import begin

PACES = (0.0, 0.5, 2.0)
"""Seconds that every frame may be made to take longer, in the order in which `pace` goes through them."""
LATER = 2.0
"""Seconds by which `delay` lays a frame aside."""


class Until(StrEnum):
    """Before which frame the wire stops again."""

    SYN = "syn"
    FIN = "fin"
    RST = "rst"
    PAYLOAD = "payload"


_MATCHES = {
    Until.SYN: Match(protocol="tcp", flags=("SYN", "SYN+ACK")),
    Until.FIN: Match(protocol="tcp", flags=("FIN",)),
    Until.RST: Match(protocol="tcp", flags=("RST",)),
    Until.PAYLOAD: Match(payload=True),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the wire stands, as far as is known."""

    live: bool = False
    """Whether there is a wire that hands can be laid on."""
    frozen: bool = False
    queued: tuple[int, ...] = ()
    """Numbers of the frames that wait their turn; the first is the next to go."""
    held: tuple[int, ...] = ()
    """Numbers of the frames that were laid aside."""
    cut: tuple[str, ...] = ()
    """Names of the hosts whose cable is out."""
    slow: float = 0.0
    """Seconds that every frame takes longer."""
    until: Until | None = None
    """Before which frame it will freeze again."""


NOTHING = Standing()


class Hands:
    """What a learner does to the wire of whatever run there is."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._of: Wire | None = None
        self._seen = -1
        self._tasks: set[asyncio.Task[None]] = set()
        self._looking = False
        self.standing = NOTHING
        """The last answer. A new object wherever anything changed."""

    # How it stands.

    def pull(self) -> None:
        """Asks how the wire stands, if anything happened since; the answer is in `standing` a moment later."""
        wire, record = self._wire_of_now(), self._run.record
        if wire is None or record is None or self._looking or record.version == self._seen:
            return
        self._seen = record.version
        self._looking = True
        self._go(self._look(wire))

    async def _look(self, wire: Wire, *, stopped: bool = False) -> None:
        """`stopped`: it runs until no frame any more."""
        try:
            status = await wire.status()
        finally:
            self._looking = False
        if wire is self._of:
            known = replace(
                self.standing,
                live=True,
                frozen=status.frozen,
                queued=status.queued,
                held=status.held,
                cut=status.cut,
                until=None if stopped else self.standing.until,
            )
            if known != self.standing:
                self.standing = known

    def _wire_of_now(self) -> Wire | None:
        """The wire of the run; a new one stands as every wire does at first."""
        stage = self._run.stage
        wire = stage.network.wire if stage is not None else None
        if wire is not self._of:
            self._of, self._seen, self._looking = wire, -1, False
            self.standing = Standing(live=wire is not None)
        return wire

    def _wire(self) -> Wire:
        """The wire, or why there is none."""
        wire = self._wire_of_now()
        if wire is not None:
            return wire
        if self._run.stage is None:
            raise UsageError("Nothing is running: there is no wire yet.", "F5 runs the scene.")
        reason = self._run.capability().reason
        raise UnavailableError(f"There is no wire on the loopback. {reason}", "`netlab doctor` says what is missing.")

    # Time on the wire.

    async def freeze(self) -> None:
        """From now on frames queue."""
        await self._wire().freeze()
        await self._know(stopped=True)

    async def thaw(self) -> None:
        """What is queued goes on, and so does what comes."""
        await self._wire().thaw()
        await self._know(stopped=True)

    async def step(self) -> int:
        """The first queued frame goes on. Its number, 0 where none was queued; a wire that flows is frozen first."""
        wire = self._wire()
        if not (await wire.status()).frozen:
            await wire.freeze()
        number = await wire.step()
        await self._know(stopped=True)
        return number

    async def run_until(self, kind: Until) -> None:
        """Lets frames through, and freezes before the next of a kind. Returns as soon as the wire was asked."""
        wire = self._wire()
        self.standing = replace(self.standing, until=kind)
        self._go(self._stop_before(wire, kind))
        await wire.status()  # requests are answered in order: from here on no such frame slips through

    async def _stop_before(self, wire: Wire, kind: Until) -> None:
        await wire.run_until(_MATCHES[kind])
        if wire is self._of and self.standing.until is kind:
            await self._look(wire, stopped=True)

    async def slow(self, seconds: float) -> None:
        """Every frame takes so much longer; 0 for none."""
        await self._wire().slow(seconds)
        self.standing = replace(self.standing, slow=seconds)

    async def pace(self) -> float:
        """The next of PACES, and round again; which it is."""
        self._wire()
        now = self.standing.slow
        seconds = PACES[(PACES.index(now) + 1) % len(PACES)] if now in PACES else PACES[0]
        await self.slow(seconds)
        return seconds

    # One frame.

    async def drop(self, number: int) -> None:
        """A queued or held frame is never delivered. UsageError where it is neither."""
        await self._wire().drop(number)
        await self._know()

    async def hold(self, number: int) -> None:
        """A queued frame is laid aside; others may pass it. UsageError where it is not queued."""
        await self._wire().hold(number)
        await self._know()

    async def release(self, number: int | None = None) -> tuple[int, ...]:
        """A held frame goes on, or all of them, on a frozen wire as well. Their numbers."""
        numbers = await self._wire().release(number)
        await self._know()
        return numbers

    async def delay(self, number: int, seconds: float = LATER) -> None:
        """A queued frame is laid aside, and goes on by itself after so long."""
        wire = self._wire()
        await wire.hold(number)
        self._go(self._release_later(wire, number, seconds))
        await self._know()

    async def _release_later(self, wire: Wire, number: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        with suppress(UsageError):  # somebody dropped or released it meanwhile
            await wire.release(number)

    # Hosts.

    async def cut(self, host: str) -> None:
        """Pulls a host's cable: nothing comes from it, nothing gets to it, and nobody is told."""
        await self._wire().cut(host)
        await self._know()

    async def join(self, host: str) -> None:
        """Plugs it in again."""
        await self._wire().join(host)
        await self._know()

    async def reboot(self, host: str) -> None:
        """A power failure: its programs are gone at once, and so is all that its TCP knew. Started again by hand."""
        self._wire()
        await self._run.reboot(host)
        await self._know()

    def close(self) -> None:
        """Waits for nothing any more."""
        for task in self._tasks:
            task.cancel()

    async def _know(self, *, stopped: bool = False) -> None:
        """Asks how it stands, now that something was done to it."""
        if self._of is not None:
            await self._look(self._of, stopped=stopped)

    def _go(self, doing: Coroutine[None, None, None]) -> None:
        task = begin(_while_there_is_a_wire(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _while_there_is_a_wire(doing: Coroutine[None, None, None]) -> None:
    with suppress(NetlabError):  # the run was stopped meanwhile: nobody waits for the answer
        await doing
