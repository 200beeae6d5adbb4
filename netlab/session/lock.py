"""Whether another netlab works in the same folder: an advisory lock in netlab's data folder, never in the learner's.

The kernel gives the lock back when its process ends, however it ends (flock(2)), so no stale lock can stay.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path


class FolderLock:
    """One learner's folder, held by one netlab at a time."""

    def __init__(self, data: Path, folder: Path) -> None:
        self._path = data / "locks" / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        self._descriptor = -1

    def take(self) -> int:
        """0 when the lock is ours now, else the process that holds it (-1 where it did not say)."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20)
            os.close(descriptor)
            return int(holder) if holder.isdigit() else -1
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor
        return 0

    def release(self) -> None:
        """Gives the lock back; nothing happens where it was not ours."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
