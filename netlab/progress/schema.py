"""The tables of the progress database, their version, and opening them so that a commit is on the disk.

Rows are only ever added. WAL lets two netlabs at once read and write; synchronous=FULL makes a commit outlive kill -9
and a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from netlab.errors import UsageError

VERSION = 1
"""`PRAGMA user_version` of the databases that this netlab writes."""

APPLICATION_ID = 0x6E65746C
"""`PRAGMA application_id`: "netl"."""

_AT = "at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"

_TABLES = f"""
CREATE TABLE attempts (lab TEXT NOT NULL, checkpoint TEXT NOT NULL, verdict TEXT NOT NULL,
                       netlab_version TEXT NOT NULL, lab_version TEXT NOT NULL, {_AT});
CREATE INDEX attempts_of_lab ON attempts (lab, checkpoint, verdict);
CREATE TABLE reveals (lab TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, {_AT});
CREATE TABLE predictions (lab TEXT NOT NULL, prediction TEXT NOT NULL, answer TEXT NOT NULL,
                          measured TEXT NOT NULL, verdict TEXT NOT NULL, {_AT});
CREATE TABLE folders (lab TEXT NOT NULL, path TEXT NOT NULL, {_AT});
"""


def connect(path: Path | None) -> sqlite3.Connection:
    """The database at `path`, made or brought up to date; in memory for None.

    Raises sqlite3.Error where that cannot be, and UsageError where a newer netlab wrote it.
    """
    connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=10)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    version = _version(connection)
    if version > VERSION:
        raise UsageError(
            f"{path} was written by a newer netlab (version {version}, this one knows {VERSION}).",
            "Use that netlab again, or another NETLAB_DATA.",
        )
    connection.execute("PRAGMA synchronous = FULL")
    if version < VERSION:
        connection.execute("PRAGMA journal_mode = WAL")
        _create(connection)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:  # another netlab may have been first
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
