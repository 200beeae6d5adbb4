"""Reading TOML tables strictly: every complaint names the file, the key, and what was meant.

A `Table` hands out its values one by one, each with its type, and remembers which keys were asked for; `close()` then
refuses the keys that nobody knows, so that a misspelt key is never silently nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from netlab.courseware.naming import suggestion
from netlab.errors import BrokenLabError

_REQUIRED: Any = object()


def shown(path: Path) -> str:
    """The file with its two nearest folders: enough to find it, short enough for one line."""
    return "/".join(path.parts[-3:])


def read_text(path: Path) -> str:
    """The file's text. Raises BrokenLabError where it is missing or is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise BrokenLabError(f"{shown(path)} is missing.", "A lab's folder holds it.") from None
    except UnicodeDecodeError as error:
        raise BrokenLabError(f"{shown(path)}: byte {error.start} is not UTF-8.") from None


def read_toml(path: Path) -> Table:
    """The file's top table. Raises BrokenLabError where it is missing, is not UTF-8, or is not TOML."""
    try:
        return Table(tomllib.loads(read_text(path)), path)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLabError(f"{shown(path)}: {error}.") from None


class Table:
    """One table of a TOML file, and its name in that file (`checkpoints[2]`, counted from 1)."""

    def __init__(self, values: dict[str, Any], path: Path, name: str = "") -> None:
        self._values = values
        self._asked: set[str] = set()
        self.path = path
        self.name = name

    def broken(self, key: str, problem: str, remedy: str = "") -> NoReturn:
        """Raises BrokenLabError about this key."""
        raise BrokenLabError(f"{shown(self.path)}: {self._full(key)} {problem}", remedy)

    def text(self, key: str, default: str = _REQUIRED) -> str:
        return str(self._get(key, str, "a text", default))

    def integer(self, key: str, default: int = _REQUIRED, least: int = 0, most: int = 1 << 31) -> int:
        number = int(self._get(key, int, "a whole number", default))
        if not least <= number <= most:
            self.broken(key, f"must be from {least} to {most}, not {number}.")
        return number

    def boolean(self, key: str, default: bool = _REQUIRED) -> bool:
        return bool(self._get(key, bool, "true or false", default))

    def choice(self, key: str, choices: Iterable[str], default: str = _REQUIRED) -> str:
        """A text that is one of the choices."""
        value, known = self.text(key, default), list(choices)
        if value not in known:
            self.broken(key, f'is "{value}".', suggestion(value, [name for name in known if name]))
        return value

    def texts(self, key: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        values = self._get(key, list, "a list of texts", default)
        if not all(isinstance(value, str) for value in values):
            self.broken(key, "must be a list of texts.")
        return tuple(values)

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one where it is missing."""
        return Table(self._get(key, dict, "a table", {}), self.path, self._full(key))

    def tables(self, key: str) -> list[Table]:
        """An array of tables (`[[key]]`); empty where it is missing."""
        values = self._get(key, list, f"written as [[{key}]] tables", [])
        if not all(isinstance(value, dict) for value in values):
            self.broken(key, f"must be written as [[{key}]] tables.")
        return [Table(value, self.path, f"{self._full(key)}[{n}]") for n, value in enumerate(values, 1)]

    @property
    def names(self) -> list[str]:
        """All keys of the table, in the file's order."""
        return list(self._values)

    def close(self) -> None:
        """Refuses the keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.broken(key, "is not known here.", suggestion(key, self._asked))

    def _full(self, key: str) -> str:
        return ".".join(filter(None, (self.name, key)))

    def _get(self, key: str, kind: type, meant: str, default: Any) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is _REQUIRED:
            self.broken(key, "is missing.", f"It must be {meant}.")
        if isinstance(value, bool) and kind is int:
            self.broken(key, f"must be {meant}.")
        if not isinstance(value, kind) and value is not default:
            self.broken(key, f"must be {meant}, not {value!r}.")
        return value
