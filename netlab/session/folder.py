"""The learner's folder for one lab: its text files, opened and saved so that no text is ever lost.

A save is atomic and refuses to replace what somebody else wrote since the file was opened. Knows nothing of labs'
starters (see `courseware`), of editors' buffers, or of time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from netlab.errors import NetlabError, UsageError
from netlab.replacing import replacing

LARGEST = 1_000_000
"""Bytes of a file that the editor opens: more is not somebody's program."""
SUFFIXES = frozenset({".py", ".toml", ".md", ".txt", ".json", ".csv"})


class ChangedOnDiskError(NetlabError):
    """Somebody else wrote the file since it was opened here; saving needs the learner's word."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which content of a file was seen. Equal content is the same version, whenever it was written."""

    digest: str
    """Of the bytes; empty where there was no file."""

    @classmethod
    def of(cls, data: bytes | None) -> Version:
        """The version that holds these bytes; None for a missing file."""
        return cls("" if data is None else hashlib.sha256(data).hexdigest())


class WorkFolder:
    """Text files of one folder. Names are relative to it, as `server.py`."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._seen: dict[str, Version] = {}

    def names(self) -> list[str]:
        """The files that an editor can open, sorted; hidden files and sub-folders are not looked at.

        None where somebody took the folder away.
        """
        try:
            return sorted(entry.name for entry in os.scandir(self.path) if _is_text(entry))
        except OSError:
            return []

    def read(self, name: str) -> str:
        """The text of the file as it is now, remembered as seen. Raises UsageError where it is no text or too large."""
        path = self._inside(name)
        if path.exists() and path.stat().st_size > LARGEST:
            raise UsageError(f"{name} is larger than {LARGEST:,} bytes.", "Open it with another editor.")
        data = _bytes_of(path)
        try:
            text = (data or b"").decode()
        except UnicodeDecodeError as error:
            raise UsageError(f"{name} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 first.") from None
        self._seen[name] = Version.of(data)
        return text

    def changed(self, name: str) -> bool:
        """Whether the file's content is another than the one last read or saved here."""
        return name in self._seen and Version.of(_bytes_of(self._inside(name))) != self._seen[name]

    def text_now(self, name: str) -> str | None:
        """What the file holds, without remembering it as seen; None where it is missing or no text."""
        try:
            return (_bytes_of(self._inside(name)) or b"").decode()
        except (NetlabError, UnicodeDecodeError):
            return None

    def versions(self) -> dict[str, Version]:
        """Which content every text file of the folder has now; one that cannot be read has none."""
        return {name: self._version(name) for name in self.names()}

    def save(self, name: str, text: str, *, force: bool = False) -> None:
        """Replaces the file in one step. Raises ChangedOnDiskError, unless forced, where somebody else wrote it."""
        if not force and self.changed(name):
            raise ChangedOnDiskError(f"{name} changed on disk since it was opened.")
        data = text.encode()
        _replace(self._inside(name), data)
        self._seen[name] = Version.of(data)

    def rewrite(self, name: str, text: str) -> None:
        """Replaces the file as somebody else would: whoever has it open here is asked before they overwrite it."""
        _replace(self._inside(name), text.encode())

    def forget(self) -> None:
        """Other files are in the folder now: none of them was seen."""
        self._seen.clear()

    def _version(self, name: str) -> Version:
        try:
            return Version.of(_bytes_of(self._inside(name)))
        except NetlabError:
            return Version.of(None)

    def _inside(self, name: str) -> Path:
        path = self.path / name
        if path.parent != self.path:
            raise UsageError(f"{name} is not a file of {self.path}.")
        return path


def _is_text(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and Path(entry.name).suffix in SUFFIXES and entry.is_file()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}.") from None


def _replace(path: Path, data: bytes) -> None:
    """In one step, on the disk when it returns."""
    try:
        with replacing(path, sync=True) as stream:
            stream.write(data)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be saved: {error.strerror}.") from None
