"""The loop of the wire process: frames first, then what is due, then what is asked."""

from __future__ import annotations

import gc
import select
import signal
import time

from netlab.network.relay.commands import Commands
from netlab.network.relay.control import Control
from netlab.network.relay.log import Log
from netlab.network.relay.ring import Ring
from netlab.network.relay.switch import Switch
from netlab.network.relay.traffic import Traffic
from netlab.network.relay.watching import Watcher

_BATCH = 128
_MILLISECOND = 1_000_000
_STATISTICS_EVERY = 1_000_000_000


class Relay:
    """One wire, from its first host to the end of its control socket."""

    def __init__(self, control: Control, ring: Ring, log: Log) -> None:
        self._control = control
        self._ring = ring
        self._log = log
        self._switch = Switch()
        self._watcher = Watcher(log)
        self._traffic = Traffic(log, self._switch, self._watcher)
        self._commands = Commands(control, ring, self._traffic)
        self._next_statistics = 0
        self._poller = select.poll()
        self._poller.register(control.fd, select.POLLIN)
        self._poller.register(ring.fd, select.POLLIN)

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
        return any(fd == self._control.fd for fd, _ in self._poller.poll(self._patience()))

    def _patience(self) -> int | None:
        """Milliseconds until something is due; None where nothing is."""
        if self._commands.in_hurry:
            return 0
        due = [at for at in (self._traffic.next_due(), self._watcher.next_look()) if at is not None]
        return max(0, min(due) - time.monotonic_ns() + _MILLISECOND - 1) // _MILLISECOND if due else None

    def _carry(self) -> None:
        """Pass on what has come; not what a host sent on a cable that has been pulled out since."""
        arrive, senders = self._traffic.arrive, self._switch.senders
        for at, interface, data in self._ring.take(_BATCH):
            if interface in senders:
                arrive(at, senders[interface], data)

    def _look(self) -> None:
        now = time.monotonic_ns()
        if (look := self._watcher.next_look()) is not None and look <= now:
            self._watcher.look(disturbed=self._ring.waiting)
        if now >= self._next_statistics:
            self._next_statistics = now + _STATISTICS_EVERY
            self._log.lose(self._ring.lost())

    def _obey(self) -> None:
        while (message := self._control.receive()) is not None:
            self._commands.do(*message)

    def _finish(self) -> None:
        self._log.lose(self._ring.lost())
        self._log.flush()


def main(control_fd: int, listener_fd: int, log_fd: int, limit: int) -> None:
    """Run the wire process on descriptors that it inherited; `limit` is the log's greatest length in bytes."""
    for number in (signal.SIGINT, signal.SIGHUP):  # a terminal's signals are not for the wire: it ends with its owner
        signal.signal(number, signal.SIG_IGN)
    gc.disable()  # nothing here goes round in circles, and a collection would hold frames up
    Relay(Control(control_fd), Ring(listener_fd), Log(log_fd, limit)).run()
