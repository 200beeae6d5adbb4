"""What a learner tried, passed and was shown. Every method that records returns when the row is on the disk.

Keyed by lab and checkpoint id, never by position. A pass stays a pass; what was revealed is not what was solved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from netlab import __version__
from netlab.progress.schema import connect

Warn = Callable[[str], None]
"""Is given one line about progress that could not be kept."""


class Progress:
    """An open progress database. Where a write fails, `warn` says so once and the learner's work goes on."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, warn: Warn) -> None:
        self._connection = connection
        self._warn = warn
        self._warned = False
        self.path = path
        """Where it is kept; None in memory, which is to say not at all."""

    @classmethod
    def in_memory(cls) -> Progress:
        """Kept until the end of this process."""
        return cls(connect(None), None, lambda line: None)

    def close(self) -> None:
        self._connection.close()

    def record_attempts(self, lab: str, lab_version: str, verdicts: Iterable[tuple[str, str]]) -> bool:
        """Adds (checkpoint id, verdict) pairs, all or none. True when they are on the disk."""
        rows = [(lab, checkpoint, verdict, __version__, lab_version) for checkpoint, verdict in verdicts]
        into = "attempts (lab, checkpoint, verdict, netlab_version, lab_version)"
        return self._add(into, rows)

    def record_reveal(self, lab: str, kind: str, item: str) -> bool:
        """Adds that a `hint` (its number, from 1, or a checkpoint's id) or the `solution` was shown."""
        return self._add("reveals (lab, kind, item)", [(lab, kind, item)])

    def record_prediction(self, lab: str, prediction: str, answer: str, measured: str, verdict: str) -> bool:
        """Adds an answer and what the run said to it: `right`, `wrong` or `unanswered`."""
        row = (lab, prediction, answer, measured, verdict)
        return self._add("predictions (lab, prediction, answer, measured, verdict)", [row])

    def remember_folder(self, lab: str, folder: Path) -> bool:
        """Adds where the learner keeps this lab; the last one counts."""
        return self.folder(lab) == folder or self._add("folders (lab, path)", [(lab, str(folder))])

    def passed(self, lab: str) -> frozenset[str]:
        """Ids of the checkpoints that ever passed."""
        rows = self._read("SELECT DISTINCT checkpoint FROM attempts WHERE lab = ? AND verdict = 'passed'", lab)
        return frozenset(row[0] for row in rows)

    def passed_everywhere(self) -> dict[str, frozenset[str]]:
        """The same of every lab with an attempt, in one look."""
        found: dict[str, set[str]] = {}
        for lab, checkpoint, verdict in self._read("SELECT DISTINCT lab, checkpoint, verdict FROM attempts"):
            found.setdefault(lab, set()).update([checkpoint] if verdict == "passed" else [])
        return {lab: frozenset(checkpoints) for lab, checkpoints in found.items()}

    def latest(self, lab: str) -> dict[str, str]:
        """The last verdict of each checkpoint that was ever tried."""
        rows = self._read("SELECT checkpoint, verdict FROM attempts WHERE lab = ? ORDER BY rowid", lab)
        return {row[0]: row[1] for row in rows}

    def attempts(self, lab: str) -> int:
        """How many verdicts there were so far."""
        return int(self._read("SELECT count(*) FROM attempts WHERE lab = ?", lab)[0][0])

    def revealed(self, lab: str, kind: str) -> tuple[str, ...]:
        """What was shown of that kind, in order, each once."""
        rows = self._read("SELECT item FROM reveals WHERE lab = ? AND kind = ? ORDER BY rowid", lab, kind)
        return tuple(dict.fromkeys(row[0] for row in rows))

    def folder(self, lab: str) -> Path | None:
        """Where the learner last kept this lab."""
        rows = self._read("SELECT path FROM folders WHERE lab = ? ORDER BY rowid DESC LIMIT 1", lab)
        return Path(rows[0][0]) if rows else None

    def _add(self, into: str, rows: Sequence[tuple[str, ...]]) -> bool:
        if not rows:
            return True
        marks = ", ".join("?" * len(rows[0]))
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)
            return False
        return self.path is not None

    def _give_up(self, error: sqlite3.Error) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        if not self._warned:
            self._warned = True
            self._warn(f"Progress could not be kept in {self.path}: {error}.")

    def _read(self, query: str, *values: str) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []
