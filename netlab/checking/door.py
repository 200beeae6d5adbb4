"""Where a learner's client calls: a listening socket of netlab's own, and who came."""

from __future__ import annotations

from typing import NoReturn

from netlab.checking.actor import Actor, joined
from netlab.checking.peer import Peer
from netlab.checking.sightings import sightings
from netlab.checking.waits import A_MOMENT, AFTERMATH, PATIENCE
from netlab.stage import peers
from netlab.stage.stage import Stage


class Door:
    """A listening socket of netlab's own, where a learner's client calls."""

    def __init__(self, stage: Stage, listener: peers.Listener) -> None:
        self.stage = stage
        self.listener = listener
        self._answered = 0

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.listener.address[1]

    async def visitor(self, client: Actor) -> Peer:
        """The next connection from that client."""
        if not await self.seems_to_have_visitor(client, PATIENCE):
            await self._nobody_came(client)
        self._answered += 1
        return Peer(self.stage, self.listener.connections[self._answered - 1], client)

    async def _nobody_came(self, client: Actor) -> NoReturn:
        await self.stage.sync()
        seen = sightings(self.stage.recording.record.frames)
        called = {one.destination for one in seen if one.sender == client.running.host.name and one.flags == {"SYN"}}
        tried = ", ".join(joined(address) for address in sorted(called - {self.listener.address}))
        expected = f"{client.file} connects to {joined(self.listener.address)}"
        client.fail(expected, f"it called {tried}" if tried else "no connection came")

    async def seems_to_have_visitor(self, client: Actor, seconds: float = A_MOMENT) -> bool:
        """Whether a next connection came within a moment; nothing is judged by it."""

        def came() -> bool:
            return len(self.listener.connections) > self._answered

        # A client that has already ended may have called before.
        return await client.until(came, seconds) or await self.stage.until(came, AFTERMATH)
