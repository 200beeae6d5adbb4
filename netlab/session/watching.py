"""Sees that files of a folder were written, by whatever editor: looks at the folder, and waits until it has settled.

Editors replace files, write twice, and leave files of their own beside; so a change counts once two looks in a row
find the same. A look is a handful of stat calls.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

INTERVAL = 0.2
"""Seconds between two looks."""

Stamp = tuple[int, int, int]


class FolderWatch:
    """Watches the files of one folder that have one of the suffixes."""

    def __init__(self, folder: Path, suffixes: frozenset[str]) -> None:
        self._folder = folder
        self._suffixes = suffixes
        self._settled = self._last = self._stamps()

    def look(self) -> set[str]:
        """The names that were written, made or removed since they last settled; empty while anything still moves."""
        now = self._stamps()
        moving, self._last = now != self._last, now
        if moving or now == self._settled:
            return set()
        before, self._settled = self._settled, now
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    async def run(self, on_change: Callable[[set[str]], None]) -> None:
        """Looks until it is cancelled."""
        while True:
            await asyncio.sleep(INTERVAL)
            if names := self.look():
                on_change(names)

    def _stamps(self) -> dict[str, Stamp]:
        try:
            entries = list(os.scandir(self._folder))
        except OSError:
            return {}
        found = {entry.name: _stamp(entry) for entry in entries if self._matters(entry.name)}
        return {name: stamp for name, stamp in found.items() if stamp is not None}

    def _matters(self, name: str) -> bool:
        return not name.startswith(".") and os.path.splitext(name)[1] in self._suffixes


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        status = entry.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
