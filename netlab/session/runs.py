"""The last runs of one folder, kept as records in netlab's data folder so that they can be opened again."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from netlab.record.record import Record
from netlab.record.saving import SUFFIX, save

MOST = 8
"""Runs that are kept of each folder; older ones go."""
LARGEST = 64 << 20
"""Bytes of frames: a larger run is not kept, for eight of them would fill somebody's disk."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as its file's name tells it: a list of them is shown without opening any."""

    path: Path
    started_at: int
    """Nanoseconds since 1970."""
    frames: int
    scene: str
    """Its id; empty for a run by hand."""


class KeptRuns:
    """The runs of one learner's folder."""

    def __init__(self, data: Path, folder: Path) -> None:
        self._folder = data / "runs" / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]

    def keep(self, record: Record) -> None:
        """Saves a run that is over, and lets the oldest go. A full disk is no reason for a run not to end."""
        begun, ended = record.ends
        if begun == ended or record.frames.log_size > LARGEST:
            return
        name = f"{record.meta.started_at}.{len(record.frames)}.{record.meta.scene}{SUFFIX}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            save(record, self._folder / name)
            for old in self.runs()[MOST:]:
                old.path.unlink(missing_ok=True)

    def runs(self) -> list[KeptRun]:
        """Those that are there, the newest first."""
        found = [_told_by_name(path) for path in self._folder.glob(f"*{SUFFIX}")]
        return sorted((run for run in found if run is not None), key=lambda run: run.started_at, reverse=True)


def _told_by_name(path: Path) -> KeptRun | None:
    started, _, rest = path.name.removesuffix(SUFFIX).partition(".")
    frames, _, scene = rest.partition(".")
    if not (started.isdecimal() and frames.isdecimal()):
        return None
    return KeptRun(path, int(started), int(frames), scene)
