"""netlab's end of a TCP connection with a learner's program: what it says, what it hears, how it ends.

Judged is the whole byte stream; where it is not as it should be, CheckpointFailed is raised over all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from netlab.checking.actor import Actor
from netlab.checking.difference import compared, shown
from netlab.checking.waits import A_MOMENT, PATIENCE
from netlab.network.states import SocketState
from netlab.stage import peers
from netlab.stage.stage import LOOK_EVERY, Stage


class Peer:
    """netlab's end of a TCP connection with a learner's program."""

    def __init__(self, stage: Stage, connection: peers.Connection, actor: Actor) -> None:
        self.stage = stage
        self.connection = connection
        self.actor = actor
        self.expected = bytearray()
        """All that should have come on this connection so far."""
        self._said = b""
        self.circumstances = ""
        """What is special while it talks, for messages: `while another client is silent`."""

    @property
    def received(self) -> bytes:
        return bytes(self.connection.received)

    @property
    def ended(self) -> bool:
        return self.connection.end is not peers.End.OPEN

    def say(self, data: bytes | str) -> None:
        """One message in one send."""
        self._said = data.encode() if isinstance(data, str) else data
        self.connection.send(self._said)

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Whether the condition came true in time, and before the connection ended.

        Not before the program ended: what it sent last may still be on the wire, and its end ends the connection.
        """
        await self.stage.until(lambda: condition() or self.ended, seconds)
        return condition()

    async def is_missed(self) -> None:
        """Wait until the kernel under the program knows that this peer has hung up, or reset the connection."""

        def still_there() -> bool:
            row = self.in_kernel()
            return row is not None and row.state == "ESTABLISHED"

        await self.stage.until(lambda: not still_there(), PATIENCE, look_every=LOOK_EVERY)

    async def hears(self, data: bytes | str) -> None:
        """These bytes come next."""
        self.expected += data.encode() if isinstance(data, str) else data
        await self.until(self._enough)
        if not self._enough():
            await self._fail_short()
        if not self.received.startswith(self.expected):
            self.fail()

    async def hears_at_length(self, data: bytes) -> None:
        """These bytes come next, and may take their time for as long as they keep coming."""
        self.expected += data
        stuck = False
        while not (self._enough() or self.ended or stuck):
            so_far = len(self.connection.received)
            stuck = not await self._receives_more_than(so_far)
        if not self._enough():
            await self._fail_short()
        if not self.received.startswith(self.expected):
            self.fail()

    async def _receives_more_than(self, size: int) -> bool:
        return await self.actor.until(lambda: len(self.connection.received) > size or self.ended)

    async def hears_any_of(self, *texts: str) -> str:
        """One of these comes next; gives the one that came."""
        heard = bytes(self.expected)

        def came() -> str:
            return next((text for text in texts if self.received.startswith(heard + text.encode())), "")

        await self.until(lambda: bool(came()))
        text = came()
        self.expected += (text or texts[-1]).encode()
        if not text:
            await self._fail_short()
        return text

    async def hears_at_least(self, data: bytes | str) -> None:
        """As many bytes come next; which, is judged elsewhere."""
        wanted = len(self.expected) + len(data.encode() if isinstance(data, str) else data)
        await self.until(lambda: len(self.received) >= wanted)
        if len(self.received) < wanted:
            self.expected += data.encode() if isinstance(data, str) else data
            await self._fail_short()
        self.expected[:] = self.received

    async def hears_among(self, data: bytes | str) -> None:
        """These bytes come, whatever comes beside them: that is judged elsewhere."""
        wanted = data.encode() if isinstance(data, str) else data
        if not await self.seems_to_hear(wanted, PATIENCE):
            self.expected += wanted
            await self._fail_short()
        self.expected[:] = self.received

    async def seems_to_hear(self, data: bytes | str, seconds: float = A_MOMENT) -> bool:
        """Whether these bytes came within a moment, among others; nothing is judged by it."""
        wanted, heard = data.encode() if isinstance(data, str) else data, len(self.expected)
        await self.actor.until(lambda: wanted in self.received[heard:] or self.ended, seconds)
        return wanted in self.received[heard:]

    def in_kernel(self) -> SocketState | None:
        """The row of the other end of this connection, on the program's host; None where there is no such socket."""
        return next((row for row in self.actor.sockets() if row.remote == self.connection.local), None)

    async def hears_end(self) -> None:
        """The program closes the connection (FIN), after exactly what was expected."""
        await self.until(lambda: self.ended)
        if self.connection.end is peers.End.FINISHED and self.received == self.expected:
            return
        await self.actor.may_end()
        if self.received != self.expected:
            self.fail()
        state = "it was reset" if self.ended else f"it is still open after {PATIENCE:.0f} s"
        self.actor.fail(f"{self.actor.file} closes the connection", state)

    async def judges_all(self) -> None:
        """End the connection, and the program if that is what it takes: exactly what was expected came on it."""
        self.connection.finish()
        if not await self.until(lambda: self.ended, A_MOMENT):
            await self.actor.stop()
            await self.stage.until(lambda: self.ended, PATIENCE)
        if self.received != self.expected:
            self.fail()

    def fail(self, state: str = "") -> NoReturn:
        """Raises CheckpointFailed over the whole stream, expected and received."""
        comparison = compared(bytes(self.expected), self.received)
        occasion = f"{self.circumstances}, " if self.circumstances else ""
        occasion += f"after {shown(self._said)} was said to it, " if self._said else ""
        self.actor.fail(
            f"{occasion}{self.actor.file} has sent {comparison.expected}",
            "\n".join(filter(None, (comparison.got, state))),
        )

    def hang_up(self) -> None:
        """Close, as close() does: FIN."""
        self.connection.close()

    def reset(self) -> None:
        """End with RST."""
        self.connection.reset()

    async def _fail_short(self) -> NoReturn:
        if self.ended:
            await self.actor.may_end()
        self.fail(self._how_it_stands())

    def _enough(self) -> bool:
        return len(self.connection.received) >= len(self.expected)

    def _how_it_stands(self) -> str:
        if self.connection.end is peers.End.RESET:
            return "then the connection was reset"
        return "then it closed the connection" if self.ended else f"and no more within {PATIENCE:.0f} s"
