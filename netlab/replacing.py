"""Writing files so that whoever reads them finds the old content or the new one, whole, and never half of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path, *, sync: bool = False) -> Iterator[BinaryIO]:
    """What is written takes the file's place once it is whole; if anything fails, nothing has changed.

    A file that was there keeps its mode; a new one has what the umask leaves, so that people who share a folder can
    read what they give one another. A link stays a link; a pipe or a device is written to as it is. With `sync` it is
    on the disk when this returns. OSError as from any write.
    """
    mode = _mode(path)
    if path.is_relative_to("/dev") or (mode is not None and not stat.S_ISREG(mode)):
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as stream:
            if mode is not None:
                os.fchmod(stream.fileno(), stat.S_IMODE(mode))
            yield stream
            stream.flush()
            if sync:
                os.fsync(stream.fileno())
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str) -> None:
    """The whole of a text file."""
    with replacing(path) as stream:
        stream.write(text.encode())


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
