"""The head of a lab, read without the rest: enough for the list of labs, cheap enough to read all of them each time.

TOML in pure Python costs 1 ms for 2 KB, a whole course would be 100 ms. So only what stands before the first table is
parsed, and of the checkpoints the lines `id` and `scored` are looked at. `load_lab` refuses a lab that reads otherwise
in full, so a head is never wrong about a lab that works.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netlab.courseware.bilingual import Bilingual
from netlab.courseware.tables import Table, read_text, shown
from netlab.errors import BrokenLabError

if TYPE_CHECKING:
    from netlab.courseware.model import Lab


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
    first, *tables = ("\n" + read_text(file)).split("\n[")
    try:
        top = Table(tomllib.loads(first), file)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLabError(f"{shown(file)}: {error}.") from None
    return _head(path, top, dict(map(_checkpoint, filter(_is_checkpoint, tables))))


def _is_checkpoint(table: str) -> bool:
    return table.startswith("[checkpoints]]")


def _checkpoint(table: str) -> tuple[str, bool]:
    """Id, and whether it is scored, of the text of a [[checkpoints]] table."""
    values = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in table.splitlines())}
    return values.get("id", "").split("#")[0].strip(" \"'"), not values.get("scored", "true").startswith("false")


def _head(path: Path, top: Table, ids: dict[str, bool]) -> LabHead:
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
