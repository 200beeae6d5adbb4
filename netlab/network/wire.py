"""The wire as netlab sees it: a process of its own, asked over a socket, that writes down every frame it carries."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import netlab
from netlab.errors import NetlabError, UsageError
from netlab.network.rules import Match, Rule
from netlab.processes.spawning import Process, spawn

LOG_LIMIT = 1 << 30
"""Bytes of frames that a run may keep; what comes after is carried and counted, not kept."""

_PACKAGE = str(Path(netlab.__file__).parent.parent)
_START = (
    f"import sys; sys.path.append({_PACKAGE!r}); "
    "from netlab.network.relay.main import main; main(*map(int, sys.argv[1:]))"
)


@dataclass(frozen=True, slots=True)
class WireStatus:
    """How the wire stands."""

    frozen: bool
    queued: tuple[int, ...]
    """Numbers of the frames that wait their turn, in order."""
    held: tuple[int, ...]
    """Numbers of the frames that were laid aside, by rules or by hand."""
    cut: tuple[str, ...]
    """Names of the hosts whose cable is out."""
    frames: int
    """Frames that have come so far."""
    lost: int
    """Those of them that are not in the log, and those that the wire never saw."""


class Wire:
    """Carries frames between hosts, from `start` to `close`. All of it belongs to the loop that it was started on."""

    def __init__(self, process: Process, control: socket.socket, log_fd: int, complaints: IO[bytes]) -> None:
        """Use `start_wire`."""
        self.process = process
        self._complaints = complaints
        self.log_fd = log_fd
        """A memory file that only grows: `netlab.record.wirelog` reads it. Closed by `close`."""
        self._control = control
        self._hosts: list[str] = []
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._requests = 0
        asyncio.get_running_loop().add_reader(control.fileno(), self._hear)

    async def attach(
        self, name: str, mac: str, interface: int, sender: socket.socket, diag: socket.socket | None
    ) -> None:
        """Plug in a host, or the new namespace of one that was rebooted. Its sockets are closed here."""
        if name not in self._hosts:
            self._hosts.append(name)
        sockets = [sender] if diag is None else [sender, diag]
        try:
            fds = [one.fileno() for one in sockets]
            answer = self._ask("attach", fds, host=self._hosts.index(name), mac=mac, interface=interface)
        finally:
            for one in sockets:
                one.close()
        await answer

    async def set_rules(self, rules: Sequence[Rule]) -> None:
        """Other rules from now on; counting begins anew. UsageError where one names an unknown host."""
        await self._ask("rules", rules=[rule.spec(self._hosts) for rule in rules])

    async def freeze(self) -> None:
        """From now on frames queue."""
        await self._ask("freeze")

    async def thaw(self) -> None:
        """What is queued goes on, and so does what comes."""
        await self._ask("thaw")

    async def step(self, number: int | None = None) -> int:
        """One queued frame goes on, the first or a named one. Returns its number; 0 where the queue was empty."""
        return int(await self._ask("step", number=number))

    async def drop(self, number: int) -> None:
        """A queued or held frame is never delivered. UsageError where it is neither."""
        await self._ask("drop", number=number)

    async def hold(self, number: int) -> None:
        """A queued frame is laid aside until it is released. UsageError where it is not queued."""
        await self._ask("hold", number=number)

    async def release(self, number: int | None = None) -> tuple[int, ...]:
        """A held frame goes on, or all of them, whether the wire is frozen or not. Returns their numbers."""
        return tuple(await self._ask("release", number=number))

    async def run_until(self, match: Match) -> int:
        """Thaw, and freeze again just before the next frame that matches. Returns its number.

        Returns 0 where somebody froze or thawed the wire meanwhile. The frame that stands first in the queue as this is
        asked is let go, whatever it is: asked again, the wire moves on.
        """
        return int(await self._ask("run_until", match=match.spec(self._hosts)))

    async def until_queued(self, count: int = 1) -> tuple[int, ...]:
        """Wait until so many frames are queued on a frozen wire. Returns the numbers of all that are."""
        return tuple(await self._ask("until_queued", count=count))

    async def slow(self, seconds: float) -> None:
        """Every frame takes so much longer; 0 for none."""
        await self._ask("slow", nanoseconds=round(seconds * 1e9))

    async def cut(self, host: str) -> None:
        """Pull a host's cable: nothing comes from it, nothing gets to it, and nobody is told."""
        await self._ask("cut", host=self._index(host), name=host)

    async def join(self, host: str) -> None:
        """Plug it in again."""
        await self._ask("join", host=self._index(host), name=host)

    async def note(self, action: str, detail: str = "") -> None:
        """Write down an action that the wire has no part in, in order with the frames."""
        await self._ask("note", action=action, detail=detail)

    async def status(self) -> WireStatus:
        """How the wire stands now."""
        status = await self._ask("status")
        return WireStatus(
            status["frozen"],
            tuple(status["queued"]),
            tuple(status["held"]),
            tuple(self._hosts[index] for index in status["cut"]),
            status["frames"],
            status["lost"],
        )

    async def flush(self) -> int:
        """Wait until everything that was sent or changed before this call is in the log. Returns the log's length."""
        return int(await self._ask("flush"))

    async def grown(self, beyond: int) -> int:
        """Wait until the log is longer than `beyond` bytes. Returns its length."""
        return int(await self._ask("grown", beyond=beyond))

    async def end(self) -> None:
        """The wire says of what is still on it that it stayed there, and ends. The log can be read until `close`.

        Waits for its last word, not for its end: the kernel takes 30 ms to take a ring down. Harmless twice.
        """
        if self._control.fileno() < 0:
            return
        with suppress(NetlabError):  # it had ended by itself
            await self._ask("end")
        self._forget()

    async def close(self) -> None:
        """End the wire, and let go of its log. Harmless twice."""
        await self.end()
        if self.log_fd >= 0:
            os.close(self.log_fd)
            self._complaints.close()
            self.log_fd = -1

    def _index(self, host: str) -> int:
        if host not in self._hosts:
            raise UsageError(f"There is no host `{host}` on this wire.", f"It has {', '.join(self._hosts)}.")
        return self._hosts.index(host)

    def _ask(self, do: str, fds: Iterable[int] = (), **arguments: object) -> asyncio.Future[Any]:
        """Send a request now; its answer comes with the future."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._control.fileno() < 0:
            raise self._ended()
        self._requests += 1
        message = json.dumps({"id": self._requests, "do": do, **arguments}).encode()
        self._answers[self._requests] = answer
        try:
            socket.send_fds(self._control, [message], list(fds))
        except ConnectionError:
            self._forget()
        return answer

    def _hear(self) -> None:
        """Answers have come, or the wire has gone."""
        while True:
            try:
                data = self._control.recv(1 << 18)
            except BlockingIOError:
                return
            except ConnectionError:
                data = b""
            if not data:
                self._forget()
                return
            self._resolve(json.loads(data))

    def _resolve(self, message: dict[str, Any]) -> None:
        answer = self._answers.pop(message["id"])
        if answer.done():  # its waiter was cancelled
            return
        if "error" in message:
            answer.set_exception(UsageError(message["error"]))
        else:
            answer.set_result(message["result"])

    def _ended(self) -> NetlabError:
        """With the last line of what the wire said of it, where it did not end as it should."""
        if self._complaints.closed:
            return NetlabError("The wire has ended.")
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return NetlabError(f"The wire has ended: {lines[-1]}" if lines else "The wire has ended.")

    def _forget(self) -> None:
        """The wire has gone: nothing that was asked will be answered."""
        _leaving.add(self.process)
        if self._control.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(self._ended())
        self._answers.clear()


_leaving: set[Process] = set()
"""Wires that were told to end and are not reaped yet."""


def start_wire(listener: socket.socket, log_limit: int = LOG_LIMIT) -> Wire:
    """Start the wire process on its ears, which are closed here. It hears after some 25 ms; ask it at once."""
    _leaving.difference_update([process for process in _leaving if process.poll() is not None])
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    log_fd = os.memfd_create("netlab-wire", os.MFD_CLOEXEC)
    complaints = open(os.memfd_create("netlab-wire-stderr", os.MFD_CLOEXEC), "r+b", buffering=0)  # noqa: SIM115
    with theirs, listener:
        ours.setblocking(False)
        fds = (theirs.fileno(), listener.fileno(), log_fd)
        argv = [sys.executable, "-I", "-S", "-c", _START, *map(str, (*fds, log_limit))]
        process = spawn(argv, stderr=complaints, pass_fds=fds, new_session=True)
        return Wire(process, ours, log_fd, complaints)
