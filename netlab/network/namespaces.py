"""Network namespaces: made, entered by the calling thread, and gone with their last descriptor.

`setns()` and `unshare()` act on the calling thread alone (namespaces(7)), and a socket stays in the namespace that it
was made in. So one process can own sockets on every host, and a child takes the namespace of the thread that spawned
it.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLONE_NEWNET = 0x40000000
_OWN = "/proc/thread-self/ns/net"

_libc = ctypes.CDLL(None, use_errno=True)


class Namespace:
    """A network namespace, kept alive by `fd`. Whoever makes one closes it."""

    def __init__(self) -> None:
        """Make a new, empty one. OSError (EPERM) without CAP_SYS_ADMIN over the own user namespace."""
        home = os.open(_OWN, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _check(_libc.unshare(CLONE_NEWNET))
            try:
                self.fd = os.open(_OWN, os.O_RDONLY | os.O_CLOEXEC)
            finally:
                _enter(home)
        finally:
            os.close(home)

    @property
    def path(self) -> str:
        """A path that other processes of this user can open, while this process lives."""
        return f"/proc/{os.getpid()}/fd/{self.fd}"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The calling thread is in this namespace, and so is every socket and child that it makes meanwhile."""
        home = os.open(_OWN, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(self.fd)
            try:
                yield
            finally:
                _enter(home)
        finally:
            os.close(home)

    def close(self) -> None:
        """Let go of it: the kernel takes it down when no socket and no process is left in it. Harmless twice."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)


def write_sysctl(name: str, value: str) -> None:
    """Set one of the calling thread's namespace, by its path under /proc/sys. OSError where it is refused."""
    Path("/proc/sys", name).write_text(value)


def _enter(fd: int) -> None:
    _check(_libc.setns(fd, CLONE_NEWNET))


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
