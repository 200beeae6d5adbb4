"""Opening the progress database, whatever its state: a learner's work never stops because of it.

A damaged file is put aside under another name and a new one begun; one that cannot be written, or that a newer netlab
wrote, stays untouched, and this process goes on with progress in memory. In each case `warn` is given one line.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from netlab.errors import UsageError
from netlab.progress.places import progress_file
from netlab.progress.schema import connect
from netlab.progress.store import Progress, Warn

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_progress(warn: Warn, path: Path | None = None) -> Progress:
    """The user's progress, or progress in memory and a line to `warn`. Raises nothing."""
    file = path or progress_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone_with(file):
            connection = _connect_or_put_aside(file, warn)
        return Progress(connection, file, warn)
    except UsageError as error:
        warn(f"Going on without progress: {error}")
    except (OSError, sqlite3.Error) as error:
        warn(f"Going on without progress: {file} cannot be used ({error}).")
    return Progress.in_memory()


def _connect_or_put_aside(file: Path, warn: Warn) -> sqlite3.Connection:
    try:
        return _connect_whole(file)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    warn(f"The progress database was damaged; it is kept as {_put_aside(file)}, and a new one was begun.")
    return connect(file)


@contextmanager
def _alone_with(file: Path) -> Iterator[None]:
    """Two netlabs may start at once: one begins the file or puts it aside, the other finds it done.

    SQLite's own busy timeout does not cover the switch to WAL, which fails at once where another has the file open.
    """
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connect_whole(file: Path) -> sqlite3.Connection:
    """A connection that has proven that its tables can be read and written."""
    connection = connect(file)
    try:
        for table in ("attempts", "reveals", "predictions", "folders"):
            connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _put_aside(file: Path) -> Path:
    mark = f"damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    for part in ("-wal", "-shm", ""):
        beside = file.with_name(file.name + part)
        if beside.exists():
            beside.rename(file.with_name(f"{file.stem}.{mark}{file.suffix}{part}"))
    return file.with_name(f"{file.stem}.{mark}{file.suffix}")
