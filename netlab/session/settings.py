"""What the workbench remembers of how the learner likes it: theme, language, sizes of panes, the guide's step.

One small JSON file in netlab's data folder, replaced in one step at every change: `kill -9` finds the old one or the
new one. Two netlabs at once do not lose one another's settings, unless they change one in the same instant. What a
learner passed or was shown is not here (see `progress`).
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from netlab.replacing import replace_text

T = TypeVar("T")


class Settings:
    """The settings of one data folder: plain values by name."""

    def __init__(self, data: Path) -> None:
        self._path = data / "settings.json"
        self._values = self._read()

    def get(self, name: str, default: T) -> T:
        """What was put last; the default where nothing was, or something of another type."""
        value = self._values.get(name)
        return value if isinstance(value, type(default)) else default

    def put(self, name: str, value: object) -> None:
        """Keeps a value that JSON can hold. Where the file cannot be written it is kept for this netlab alone."""
        if self._values.get(name) == value:
            return
        self._values = {**self._read(), name: value}
        with suppress(OSError):
            self._write()

    def _read(self) -> dict[str, object]:
        try:
            values = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_text(self._path, json.dumps(self._values, ensure_ascii=False, indent=1))
