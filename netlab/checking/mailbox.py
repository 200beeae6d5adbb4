"""netlab's end of a conversation in datagrams: what was sent from it, what came to it, and what should have come.

Datagrams may overtake one another, a program that serves each in a thread of its own may well let them: what came is
compared as a collection, and never by its order.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from netlab.checking.difference import compared, shown
from netlab.checking.sightings import sightings
from netlab.stage import peers

if TYPE_CHECKING:
    from netlab.checking.actor import Actor
    from netlab.stage.stage import Stage

PATIENCE = 5.0
"""Seconds that a datagram may take to come."""
ON_ITS_WAY = 0.3
"""Seconds for a datagram that is still on the wire when the program that sent it has ended."""


class Mailbox:
    """A bound UDP socket of netlab's own: it writes to a learner's server, or a learner's client writes to it."""

    def __init__(self, stage: Stage, datagrams: peers.Datagrams) -> None:
        self.stage = stage
        self.datagrams = datagrams
        self.circumstances = ""
        """What is special while it is used, for messages: `while another program writes to it`."""
        self._said: list[bytes] = []
        self._expected: list[bytes] = []

    @property
    def address(self) -> tuple[str, int]:
        """Where it is bound."""
        return self.datagrams.local

    @property
    def received(self) -> list[bytes]:
        """The datagrams that came so far."""
        return [data for data, _ in self.datagrams.received]

    def say(self, server: Actor, *datagrams: bytes) -> None:
        """Send each to a learner's server, one after another, without waiting for anything."""
        self._said = list(datagrams)
        for data in datagrams:
            self.datagrams.send(data, server.running.address)

    def answers(self, reply: bytes, *, after: float = 0.0) -> None:
        """From now on, send this to whoever writes, so many seconds after their datagram came."""

        def send(sender: tuple[str, int]) -> None:
            with suppress(OSError):  # the checkpoint may have ended by now, and this socket with it
                self.datagrams.send(reply, sender)

        def answer(_: bytes, sender: tuple[str, int]) -> None:
            asyncio.get_running_loop().call_later(after, send, sender)

        self.datagrams.answer = answer

    def reply(self, data: bytes) -> None:
        """Send this to whoever wrote last."""
        self.datagrams.send(data, self.datagrams.received[-1][1])

    async def gets_mail(self, client: Actor) -> None:
        """A datagram comes from a learner's client; which, is judged elsewhere."""
        if not await self._until(client, lambda: bool(self.received)):
            await self._nothing_came(client)

    async def hears(self, actor: Actor, *datagrams: bytes) -> None:
        """These datagrams come from a learner's program besides those before, in any order, and so far no others."""
        self._expected += datagrams
        await self._until(actor, lambda: len(self.received) >= len(self._expected))
        if not self.received and not actor.running.model.listens:
            await self._nothing_came(actor)
        self.judges_all(actor)

    async def hears_at_least(self, actor: Actor, *datagrams: bytes) -> None:
        """As many datagrams come besides those before; which, is judged elsewhere."""
        self._expected += datagrams
        if not await self._until(actor, lambda: len(self.received) >= len(self._expected)):
            self.fail(actor)
        self._expected = self.received

    def judges_all(self, actor: Actor) -> None:
        """Exactly what was expected has come so far."""
        if Counter(self.received) != Counter(self._expected):
            self.fail(actor)

    def fail(self, actor: Actor) -> NoReturn:
        """Raises CheckpointFailed over the datagrams that did not come, and those that came and should not have."""
        missing = list((Counter(self._expected) - Counter(self.received)).elements())
        wrong = list((Counter(self.received) - Counter(self._expected)).elements())
        occasion = f"{self.circumstances}, " if self.circumstances else ""
        occasion += f"after {_listed(self._said)} came to it, " if self._said else ""
        if len(missing) == len(wrong) == 1:
            comparison = compared(missing[0], wrong[0])
            actor.fail(f"{occasion}{actor.file} has sent {comparison.expected}", comparison.got)
        expected = f"{occasion}{actor.file} has sent {_listed(missing) if missing else 'nothing else'}"
        actor.fail(expected, _listed(wrong))

    async def _until(self, actor: Actor, condition: Callable[[], bool]) -> bool:
        # A program that has already ended may have sent something before.
        if await actor.until(condition, PATIENCE):
            return True
        await self.stage.sync()
        return await self.stage.until(condition, ON_ITS_WAY)

    async def _nothing_came(self, client: Actor) -> NoReturn:
        await self.stage.sync()
        seen = sightings(self.stage.recording.record.frames)
        sent = {one.destination for one in seen if one.sender == client.running.host.name and one.protocol == "udp"}
        elsewhere = ", ".join(f"{host}:{port}" for host, port in sorted(sent - {self.address}))
        expected = f"{client.file} sends a datagram to {self.address[0]}:{self.address[1]}"
        client.fail(expected, f"it sent to {elsewhere}" if elsewhere else "no datagram came")


def _listed(datagrams: list[bytes]) -> str:
    """`1 datagram "a"`, `3 datagrams "a", "", "c"`."""
    if not datagrams:
        return "no datagram"
    return f"{len(datagrams)} datagram{'s' * (len(datagrams) > 1)} {', '.join(map(shown, datagrams))}"
