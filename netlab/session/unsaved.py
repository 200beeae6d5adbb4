"""Text that the learner typed and has not saved, kept where `kill -9` cannot reach it: in netlab's data folder.

One small file for each buffer. It goes when the buffer is saved or thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from netlab.replacing import replace_text


class UnsavedText:
    """The kept buffers of one learner's folder."""

    def __init__(self, data: Path, folder: Path) -> None:
        self._folder = data / "unsaved" / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]

    def keep(self, name: str, text: str) -> None:
        """Replaces what was kept for that file. Not synced to the disk: it outlives netlab, not a power cut."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_text(self._path(name), json.dumps({"name": name, "text": text}))

    def forget(self, name: str) -> None:
        """The buffer was saved, or thrown away."""
        self._path(name).unlink(missing_ok=True)

    def kept(self) -> dict[str, str]:
        """Text by file name. What cannot be read (a full disk cut it) is passed over."""
        found: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.json")):
            try:
                entry = json.loads(path.read_text("utf-8"))
                found[str(entry["name"])] = str(entry["text"])
            except (ValueError, KeyError, TypeError, OSError):
                continue
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
