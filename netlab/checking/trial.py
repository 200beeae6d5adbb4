"""A checkpoint's hands: what a lab's test starts programs with, meets them with, and looks at the wire with."""

from __future__ import annotations

from netlab.checking.actor import Actor, joined
from netlab.checking.door import Door
from netlab.checking.mailbox import Mailbox
from netlab.checking.peer import Peer
from netlab.checking.sightings import Sighting, sightings
from netlab.checking.verdicts import CheckpointFailed
from netlab.network.rules import Rule
from netlab.stage.stage import Stage


class Trial:
    """A checkpoint's hands: it starts the learner's programs and plays everybody else."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def another_port(self) -> int:
        """A port that nothing in this checkpoint uses yet."""
        return self.stage.another_port()

    async def start(self, name: str, *extra: str, port: int | None = None, host: str | None = None) -> Actor:
        """Start a program of the lab; a server is not waited for."""
        file = self.stage.lab.program(name).file
        if not (self.stage.folder / file).is_file():
            raise CheckpointFailed(f"{file} in {self.stage.folder}", "there is no such file")
        return Actor(self.stage, await self.stage.start(name, *extra, port=port, host=host))

    async def serve(self, name: str = "server", *extra: str, port: int | None = None) -> Actor:
        """Start a server and wait until the kernel shows it ready where it was told to be."""
        actor = await self.start(name, *extra, port=port)
        await actor.is_ready()
        return actor

    async def connect(
        self,
        server: Actor,
        host: str = "client",
        *,
        source_port: int = 0,
        buffers: int = 0,
        largest_segment: int = 0,
    ) -> Peer:
        """A client of netlab's own, connected to the learner's server; for the numbers see `peers.connect`."""
        try:
            connection = await self.stage.connect(
                host,
                server.running.address,
                source_port=source_port,
                buffers=buffers,
                largest_segment=largest_segment,
            )
            return Peer(self.stage, connection, server)
        except (OSError, TimeoutError) as error:
            await server.may_end()
            server.fail(f"a connection to {joined(server.running.address)}", f"{type(error).__name__}: {error}")

    async def rules(self, *rules: Rule) -> None:
        """What the wire does to frames from now on. Needs the wire: say so in lab.toml (`needs_wire`)."""
        await self.stage.set_rules(rules)

    async def frames(self, port: int | None = None) -> list[Sighting]:
        """All segments and datagrams that were on the wire so far, to or from a port where one is given."""
        await self.stage.sync()
        seen = sightings(self.stage.recording.record.frames)
        return [one for one in seen if port is None or port in one.ports]

    async def listen(self, port: int | None = None, host: str = "server") -> Door:
        """A server of netlab's own, for the learner's client."""
        return Door(self.stage, await self.stage.listen(host, port))

    async def mailbox(self, host: str = "client", port: int = 0) -> Mailbox:
        """A UDP socket of netlab's own on a host; port 0 takes a free one."""
        return Mailbox(self.stage, await self.stage.bind_datagrams(host, port))
