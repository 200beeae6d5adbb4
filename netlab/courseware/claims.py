"""The claims of a guide: sentences about what a run shows. Each ends with a mark that has an id, and that nobody sees.

    Nothing came before it. <!-- claim: letter-comes-first -->

An id stands once in each language's guide, and in all of them; `netlab prove` asks for an assertion for each.
"""

from __future__ import annotations

import re
from pathlib import Path

from netlab.courseware.model import Lab

_MARK = re.compile(r"\s*<!--\s*claim\b:?(.*?)-->", re.DOTALL)


def without_marks(text: str) -> str:
    """The guide as it is read."""
    return _MARK.sub("", text)


def claims_in(text: str) -> tuple[str, ...]:
    """The ids that are marked in it, in order; nothing (`""`) for a mark that has none."""
    return tuple(mark.strip() for mark in _MARK.findall(text))


def load_claims(lab: Lab) -> dict[str, tuple[str, ...]]:
    """The ids marked in each guide of the lab, by the name of its file."""
    return {path.name: claims_in(path.read_text("utf-8")) for path in _guides(lab)}


def _guides(lab: Lab) -> list[Path]:
    return sorted(path for path in lab.path.glob("guide*.md") if path.name.count(".") <= 2)
