"""What a lab's test says: a program shows, a peer hears, a connection ends. Each raises CheckpointFailed where not so.

Judged are bytes, exit codes, terminals and kernel states: nothing that the tracer says, which runs inside the learner's
interpreter. A wait ends at once when the program in question has ended.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from netlab.checking.difference import compared, shown
from netlab.checking.mailbox import Mailbox
from netlab.checking.sightings import Sighting, sightings
from netlab.checking.verdicts import CheckpointFailed
from netlab.network.rules import Rule
from netlab.network.states import SocketState
from netlab.stage import peers
from netlab.stage.stage import LOOK_EVERY, READY_SECONDS, Running, Stage, how_it_ended

PATIENCE = 5.0
"""Seconds that a program may take for anything that it is waited for."""
A_MOMENT = 1.0
"""Seconds to wait for what may well never come, before going on without it."""
AFTERMATH = 1.0
"""Seconds between a connection's end and the end of the program that caused it."""
LAST_LINES = 12
"""How many of a terminal's last lines are shown."""
LONGEST_LINE = 400
"""Characters of each of them that are shown."""


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
            server.fail(f"a connection to {_joined(server.running.address)}", f"{type(error).__name__}: {error}")

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


class Actor:
    """A learner's program under trial."""

    def __init__(self, stage: Stage, running: Running) -> None:
        self.stage = stage
        self.running = running
        self.program = running.program
        self.file = running.model.file
        self._stopped = False

    def fail(self, expected: str, got: str) -> NoReturn:
        """Raises CheckpointFailed with what the program is doing, or how it ended, and where."""
        ended = self.program.ended
        if ended is not None and not self._stopped:
            remark = f" ({self.program.remark})" if self.program.remark else ""
            ending = f"{self.file} {how_it_ended(ended)}{remark}; its last lines:\n{self.last_lines()}"
            got = f"{got}\n{ending}" if got else ending
        raise CheckpointFailed(expected, got, self.stage.where(self.running), self.stage.recording.evidence())

    def last_lines(self) -> str:
        """The end of what its terminal showed; a traceback's file names without the learner's folder."""
        folder = f"{self.program.spec.folder}/"
        lines = [line.replace(folder, "") for line in self.program.transcript.lines() if line.strip()]
        return "\n".join(f"  {_shortened(line)}" for line in lines[-LAST_LINES:]) or "  (nothing)"

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Whether the condition came true in time, and before the program ended."""
        await self.stage.until(lambda: condition() or self.program.ended is not None, seconds)
        return condition()

    async def may_end(self) -> None:
        """Its connection is gone: if that is because it ended, its end is about to show."""
        await self.until(lambda: False, AFTERMATH)

    async def is_ready(self) -> None:
        """The kernel shows it listening where it was told to."""
        readiness = await self.stage.ready(self.running)
        if readiness.ready:
            return
        verb = "bound" if self.running.model.listens == "udp" else "listening"
        found = " and ".join(_joined(address) for address in readiness.elsewhere)
        if self.program.ended is not None:
            got = "it ended before"
        else:
            got = f"it is {verb} at {found}" if found else f"it is not {verb} there after {READY_SECONDS:.0f} s"
        self.fail(f"{self.file} {verb} at {_joined(self.running.address)}", got)

    def has_shown(self, text: str, *, word: bool = False) -> bool:
        """Whether a line on its terminal contains the text; a word, in either case."""
        return self.program.transcript.shows(text, any_case=word)

    async def shows(self, text: str, *, word: bool = False) -> None:
        """A line on its terminal contains the text, soon."""
        if not await self.until(lambda: self.has_shown(text, word=word)):
            seen = f"its terminal shows:\n{self.last_lines()}" if self.program.ended is None else ""
            self.fail(f"{self.file} prints a line with {shown(text)}", seen)

    async def seems_to_show(self, text: str) -> bool:
        """Whether the text came within a moment; nothing is judged by it."""
        return await self.until(lambda: self.has_shown(text), A_MOMENT)

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.program.type(line.encode() + b"\n")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.program.interrupt()

    async def exits(self, code: int, seconds: float = PATIENCE, *, expected: str = "") -> None:
        """It ends by itself in time, with that exit code and not with a traceback."""
        expected = expected or f"{self.file} ends by itself with exit code {code}"
        if not await self.until(lambda: self.program.ended is not None, seconds):
            raise CheckpointFailed(
                expected,
                f"it is still running after {seconds:.0f} s: {self.stage.doing(self.running)}\n{self.last_lines()}",
                self.stage.where(self.running),
            )
        if ends_with_traceback(self.program.transcript.lines()):
            self.fail(expected, "it ended with a traceback")
        if self.program.ended != code:
            self.fail(expected, "")

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """It does not run meanwhile, as on a busy machine: what comes waits in the kernel."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self.program.pid:
            with suppress(ProcessLookupError):
                os.kill(self.program.pid, number)

    def sockets(self) -> list[SocketState]:
        """The kernel's table on its host, now; on the loopback, only what is at its port."""
        return self.stage.sockets_near(self.running)

    async def stop(self) -> None:
        """End it, whatever it is doing: its connections end with it."""
        self._stopped = self.program.ended is None
        await self.program.stop(grace=0.0)


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
        tried = ", ".join(_joined(address) for address in sorted(called - {self.listener.address}))
        expected = f"{client.file} connects to {_joined(self.listener.address)}"
        client.fail(expected, f"it called {tried}" if tried else "no connection came")

    async def seems_to_have_visitor(self, client: Actor, seconds: float = A_MOMENT) -> bool:
        """Whether a next connection came within a moment; nothing is judged by it."""

        def came() -> bool:
            return len(self.listener.connections) > self._answered

        # A client that has already ended may have called before.
        return await client.until(came, seconds) or await self.stage.until(came, AFTERMATH)


def ends_with_traceback(lines: list[str]) -> bool:
    """Whether the last thing on a terminal is a traceback: its heading, indented lines, the exception, and no more."""
    heads = [n for n, line in enumerate(lines) if line.startswith("Traceback (most recent call last):")]
    if not heads:
        return False
    tail = [line for line in lines[heads[-1] + 1 :] if line.strip()]
    after = [line for line in tail if not re.match(r"\s|During handling|The above exception", line)]
    return len(after) == 1


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ... ({len(line)} characters in all)"


def _joined(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"
