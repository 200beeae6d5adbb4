"""The head of a lab, read without the rest: enough for the list of labs, cheap enough to read all of them each time.

TOML in pure Python costs 1 ms for 2 KB, a whole course would be 100 ms. So only what stands before the first table is
parsed, and of the checkpoints the lines `id` and `scored` are looked at. `load_lab` refuses a lab that reads otherwise
in full, so a head is never wrong about a lab that works.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from netlab.courseware.model import Bilingual, Lab
from netlab.courseware.tables import Table, read_text, shown
from netlab.errors import BrokenLabError

_FIRST_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_CHECKPOINT = re.compile(r"^\[\[checkpoints\]\]\s*$(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"^id\s*=\s*\"([^\"]*)\"", re.MULTILINE)
_UNSCORED = re.compile(r"^scored\s*=\s*false\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LabHead(Bilingual):
    """What the list of labs shows of a lab."""

    path: Path
    id: str
    number: int
    version: str
    title: str
    title_zh: str
    summary: str
    summary_zh: str
    checkpoints: tuple[str, ...]
    """Ids of all checkpoints, in order."""
    scored: tuple[str, ...]
    """Ids of those that count: a lab is passed when these are."""

    @property
    def folder_name(self) -> str:
        """`02-chat-server`."""
        return self.path.name


def load_head(path: Path) -> LabHead:
    """The head of the lab in this folder. Raises BrokenLabError where not even that can be read."""
    file = path / "lab.toml"
    text = read_text(file)
    first = _FIRST_TABLE.search(text)
    try:
        top = Table(tomllib.loads(text[: first.start()] if first else text), file)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLabError(f"{shown(file)}: {error}.") from None
    return _head(path, top, [match[1] for match in _CHECKPOINT.finditer(text)])


def _head(path: Path, top: Table, checkpoints: list[str]) -> LabHead:
    ids = {found[1]: not _UNSCORED.search(block) for block in checkpoints if (found := _ID.search(block))}
    return LabHead(
        path=path,
        id=top.text("id"),
        number=top.integer("number"),
        version=top.text("version"),
        title=top.text("title"),
        title_zh=top.text("title_zh", ""),
        summary=top.text("summary", ""),
        summary_zh=top.text("summary_zh", ""),
        checkpoints=tuple(ids),
        scored=tuple(name for name, scored in ids.items() if scored),
    )


def check_head(lab: Lab) -> None:
    """Refuses a lab whose quick head differs from the lab."""
    head = load_head(lab.path)
    scored = tuple(checkpoint.id for checkpoint in lab.checkpoints if checkpoint.scored)
    if head.checkpoints != tuple(checkpoint.id for checkpoint in lab.checkpoints) or head.scored != scored:
        raise BrokenLabError(
            f"{shown(lab.path / 'lab.toml')}: the checkpoints cannot be read at a glance.",
            "Write each as a [[checkpoints]] table with id and scored on lines of their own.",
        )
