"""`wrong/variants.toml`: the mistakes that a lab's checkpoints must catch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from netlab.courseware.model import Lab
from netlab.courseware.naming import suggestion
from netlab.courseware.tables import Table, read_toml


@dataclass(frozen=True, slots=True)
class Variant:
    """One wrong program: the solution with one mistake in it."""

    name: str
    folder: Path
    """Its files lie over the solution's."""
    mistake: str
    """One sentence; no other variant of the lab has the same."""
    must: tuple[str, ...]
    """Checkpoints that must catch it."""
    may: tuple[str, ...]
    """Checkpoints that may fail besides."""
    message: str
    """Text that must appear in `expected` or `got` of one of the `must`; nothing where any will do."""


def load_variants(lab: Lab) -> tuple[Variant, ...]:
    """All wrong variants, in the file's order. Raises BrokenLabError with file, key and what was meant."""
    top = read_toml(lab.wrong_folder / "variants.toml")
    variants = tuple(_variant(lab, name, top.table(name)) for name in top.names)
    _check_mistakes_differ(top, variants)
    return variants


def _variant(lab: Lab, name: str, table: Table) -> Variant:
    folder = lab.wrong_folder / name
    if not folder.is_dir():
        table.broken("", f"has no folder {folder.name}/ beside variants.toml.")
    variant = Variant(
        name=name,
        folder=folder,
        mistake=table.text("mistake"),
        must=_checkpoints(lab, table, "must"),
        may=_checkpoints(lab, table, "may", ()),
        message=table.text("message", ""),
    )
    if not variant.must:
        table.broken("must", "is empty.", "Name the checkpoints that have to catch this mistake.")
    table.close()
    return variant


def _checkpoints(lab: Lab, table: Table, key: str, *default: tuple[str, ...]) -> tuple[str, ...]:
    known = [checkpoint.id for checkpoint in lab.checkpoints]
    ids = table.texts(key, *default)
    for checkpoint_id in ids:
        if checkpoint_id not in known:
            table.broken(key, f'names "{checkpoint_id}".', suggestion(checkpoint_id, known))
    return ids


def _check_mistakes_differ(top: Table, variants: tuple[Variant, ...]) -> None:
    seen: dict[str, str] = {}
    for variant in variants:
        key = " ".join(variant.mistake.casefold().split())
        if key in seen:
            top.broken(variant.name, f"holds the same mistake as {seen[key]}.")
        seen[key] = variant.name
