"""The loop of the wire process: frames first, then what is due, then what is asked."""

from __future__ import annotations

import gc
import select
import signal
import time

from netlab.network.relay.commands import Commands
from netlab.network.relay.control import Control
from netlab.network.relay.log import Log
from netlab.network.relay.switch import Switch
from netlab.network.relay.traffic import Traffic
from netlab.network.relay.watching import Watcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netlab.network.relay.ring import Arrival, Port

_BATCH = 128
_NANOSECONDS = 1_000_000
_STATISTICS_EVERY = 1_000_000_000


class Relay:
    """One wire, from its first host to the end of its control socket."""

    def __init__(self, control: Control, log: Log) -> None:
        self._control = control
        self._log = log
        self._switch = Switch()
        self._watcher = Watcher(log)
        self._traffic = Traffic(log, self._switch, self._watcher)
        self._commands = Commands(control, self._traffic)
        self._next_statistics = 0
        self._poller = select.poll()
        self._poller.register(control.fd, select.POLLIN)
        self._polled: dict[int, int] = {}

    def run(self) -> None:
        """Carry frames until netlab has gone."""
        try:
            while True:
                asked = self._wait()
                self._carry()
                self._traffic.tick()
                self._look()
                if asked:
                    self._obey()
                self._log.flush()
                self._commands.answer_waiting()
        except EOFError:
            self._finish()

    def _wait(self) -> bool:
        """Sleep until there is something to do; true where netlab asks something."""
        events = self._poller.poll(self._patience())
        return any(fd == self._control.fd for fd, _ in events)

    def _patience(self) -> float | None:
        """Milliseconds until something is due; None where nothing is."""
        if self._commands.in_hurry:
            return 0
        due = [at for at in (self._traffic.next_due(), self._watcher.next_look()) if at is not None]
        if not due:
            return None
        return max(0, min(due) - time.monotonic_ns() + _NANOSECONDS - 1) // _NANOSECONDS

    def _carry(self) -> None:
        """Pass on what has come, in the order in which it came from whichever host."""
        arrivals: list[Arrival] = []
        offset = time.time_ns() - time.monotonic_ns()
        for port in self._switch.ports:
            arrivals += port.take(_BATCH, offset)
        arrivals.sort()
        arrive = self._traffic.arrive
        for at, sender, data in arrivals:
            arrive(at, sender, data)

    def _look(self) -> None:
        now = time.monotonic_ns()
        if (look := self._watcher.next_look()) is not None and look <= now:
            self._watcher.look(disturbed=self._frames_wait)
        if now >= self._next_statistics:
            self._next_statistics = now + _STATISTICS_EVERY
            self._count_lost()

    def _frames_wait(self) -> bool:
        return any(port.waiting() for port in self._switch.ports)

    def _count_lost(self) -> None:
        for port in self._switch.ports:
            if lost := port.lost():
                self._log.lose(lost)

    def _obey(self) -> None:
        while (message := self._control.receive()) is not None:
            self._commands.do(*message)
        self._register(self._switch.ports)

    def _register(self, ports: list[Port]) -> None:
        """Wait for frames of every host, and no more for those of namespaces that are gone."""
        for port in ports:
            if self._polled.get(port.index) != port.fd:
                self._polled[port.index] = port.fd
                self._poller.register(port.fd, select.POLLIN)

    def _finish(self) -> None:
        self._carry()
        self._count_lost()
        self._traffic.end()
        self._log.flush()


def main(control_fd: int, log_fd: int, limit: int) -> None:
    """Run the wire process on descriptors that it inherited; `limit` is the log's greatest length in bytes."""
    for number in (signal.SIGINT, signal.SIGHUP):  # a terminal's signals are not for the wire: it ends with its owner
        signal.signal(number, signal.SIG_IGN)
    gc.disable()  # nothing here goes round in circles, and a collection would hold frames up
    Relay(Control(control_fd), Log(log_fd, limit)).run()
