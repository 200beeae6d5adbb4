"""The parent's end of one checking child: a pytest process with a stage of its own, which runs checkpoints by name.

The link is a socket with JSON lines. Up comes `{"tests", "broken"}` once the lab's file is collected; down go
`{"run": key, "settings"}`, and up `{"outcome"}` for each. Nothing that a learner's program prints can reach it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
import tempfile
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import IO, Any

from netlab.checking.claims import claim_of
from netlab.checking.forecast import prediction_key, prediction_of
from netlab.checking.outcomes import Outcome, errored
from netlab.checking.settings import Settings
from netlab.courseware.model import Lab
from netlab.courseware.tables import shown
from netlab.errors import BrokenLabError
from netlab.network.entering import Capability, inside_command
from netlab.processes.load import overload
from netlab.processes.spawning import Process, spawn

LEAVING = 5.0
"""Seconds that a child gets to end its programs and itself when the link has ended."""
OVERTIME = 10.0
"""Seconds past a checkpoint's deadline after which its child counts as stuck: set-up and clean-up come on top."""
LARGEST_MESSAGE = 1 << 26
LAST_BYTES = 4096
LINES_SHOWN = 12
"""How many of a dead child's last lines tell what happened to it."""

PYTEST = (
    *("-P", "-B", "-m", "pytest", "-p", "pytest_asyncio.plugin", "-p", "netlab.checking.plugin"),
    *("-p", "no:cacheprovider", "-p", "no:terminal", "--capture=no"),
    *("-c", str(Path(__file__).with_name("child.ini")), "--noconftest", "--import-mode=importlib", "--assert=plain"),
)
"""-P: a learner's `socket.py` in the current folder is not ours. Plain asserts: nothing is rewritten at each start."""


class ChildDied(Exception):
    """The child ended, or hung, where it should have answered."""


class Child:
    """One checking child, from its start to its end."""

    def __init__(self, process: Process, output: IO[bytes], reader: StreamReader, writer: StreamWriter) -> None:
        self._process = process
        self._output = output
        self._reader = reader
        self._writer = writer
        self.deadlines: dict[str, float] = {}
        """Seconds that each test of the lab's file has, by its key: a checkpoint's id, or `prediction/ID`."""
        self.usable = True
        """It neither died nor hung, and nothing is under way."""

    @classmethod
    async def start(cls, lab: Lab, capability: Capability, *, claims: bool = False) -> Child:
        """For the checkpoints and predictions of a lab, or for the claims of its guide.

        Raises BrokenLabError where the file of tests cannot be collected or does not fit lab.toml.
        """
        ours, theirs = socket.socketpair()
        output = tempfile.TemporaryFile(prefix="netlab-")  # noqa: SIM115 - close() does
        with theirs:
            try:
                process = _spawn(_tests(lab, claims), capability, theirs.fileno(), output)
            except BaseException:
                ours.close()
                output.close()
                raise
        child = cls(process, output, *await asyncio.open_connection(sock=ours, limit=LARGEST_MESSAGE))
        try:
            await child._meet(lab, claims)
        except BaseException:
            await child.close()
            raise
        return child

    async def run(self, key: str, settings: Settings) -> Outcome:
        """What this checkpoint or measurement comes to: `errored` where the child dies of it, or hangs."""
        self.usable = False
        try:
            async with asyncio.timeout(self.deadlines[key] * overload() + OVERTIME):
                answer = await self._ask({"run": key, "settings": settings.as_json()})
            self.usable = True
            return Outcome.from_json(answer["outcome"])
        except TimeoutError:
            self._process.kill()  # it does not listen: an order to leave would not reach it
            death = f"no end, {OVERTIME:g} s after its deadline of {self.deadlines[key]:g} s"
        except ChildDied as died:
            death = str(died)
        return errored(death)

    async def close(self) -> None:
        """Ends the child and everything inside it. The link's end is its order to leave."""
        self._writer.close()
        try:
            async with asyncio.timeout(LEAVING):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        finally:
            self._process.kill()  # what is left of its group, and itself where this wait was cancelled
            self._output.close()

    async def _meet(self, lab: Lab, claims: bool) -> None:
        try:
            collected = await self._hear()
            problems = collected["broken"] or _problems(lab, [key for key, _ in collected["tests"]], claims)
        except ChildDied as death:
            problems = [str(death)]
        if problems:
            raise BrokenLabError(f"{shown(_tests(lab, claims))}: {' '.join(problems)}")
        self.deadlines = dict(collected["tests"])

    async def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """Sends a message and awaits the answer. Raises ChildDied where none comes."""
        with contextlib.suppress(ConnectionError):  # then the answer below does not come either
            self._writer.write(json.dumps(message).encode() + b"\n")
            await self._writer.drain()
        return await self._hear()

    async def _hear(self) -> dict[str, Any]:
        with contextlib.suppress(ConnectionError):
            if line := await self._reader.readline():
                answer: dict[str, Any] = json.loads(line)
                return answer
        raise ChildDied(self._last_words(await self._process.wait()))

    def _last_words(self, code: int) -> str:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        self._output.seek(max(0, self._output.seek(0, os.SEEK_END) - LAST_BYTES))
        lines = self._output.read().decode(errors="replace").splitlines()[-LINES_SHOWN:]
        return "\n".join([f"the checking process {how}", *lines])


class Children:
    """The checking children of one lab: started as they are needed, and kept for the next check of it."""

    def __init__(self, lab: Lab, capability: Capability) -> None:
        self._lab = lab
        self._capability = capability
        self._idle: list[Child] = []

    @contextlib.asynccontextmanager
    async def one(self) -> AsyncIterator[Child]:
        """A child for oneself; afterwards it is kept, unless it is of no more use."""
        child = self._idle.pop() if self._idle else await Child.start(self._lab, self._capability)
        try:
            yield child
        finally:
            if child.usable:
                self._idle.append(child)
            else:
                await child.close()

    async def close(self) -> None:
        """Ends them all."""
        await asyncio.gather(*(child.close() for child in self._idle))
        self._idle.clear()


def _tests(lab: Lab, claims: bool) -> Path:
    return lab.claims_file if claims else lab.test_file


def _spawn(tests: Path, capability: Capability, link: int, output: IO[bytes]) -> Process:
    """A session of its own: Ctrl-C reaches the parent alone, which then ends its children in order."""
    command = [sys.executable, *PYTEST, f"--rootdir={tests.parent}", f"--netlab-link={link}", str(tests)]
    private = capability.private
    return spawn(
        inside_command(command) if private else command,
        stdout=output,
        stderr=output,
        env=_environment(private=private),
        cwd=tests.parent,
        pass_fds=(link,),
        new_session=True,
    )


def _environment(*, private: bool) -> dict[str, str]:
    """Ours, without what would steer pytest."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "NETLAB_INSIDE"))}
    return own | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | ({"NETLAB_INSIDE": "1"} if private else {})


def _problems(lab: Lab, tested: Sequence[str], claims: bool) -> list[str]:
    """Every checkpoint and prediction of lab.toml has exactly one test, and every test is of one of them.

    A prediction may have further scenes. The claims are the guide's: `claims.py` holds them against it.
    """
    problems = [f"{i} has {n} tests." for i, n in Counter(tested).items() if n > 1]
    if claims:
        return problems + [f"{i} is no claim." for i in tested if claim_of(i) is None]
    named = [checkpoint.id for checkpoint in lab.checkpoints]
    named += [prediction_key(prediction.id) for prediction in lab.predictions]
    subjects = dict.fromkeys(map(_subject, tested))
    problems += [f"{i} has a test, but lab.toml does not name it." for i in subjects if i not in named]
    return problems + [f"{i} has no test." for i in named if i not in tested]


def _subject(key: str) -> str:
    """What the test is about: the scene makes no difference."""
    prediction = prediction_of(key)
    return prediction_key(prediction[0]) if prediction else key
