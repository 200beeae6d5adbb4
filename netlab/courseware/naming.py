"""Names that were mistyped: what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def suggestion(wanted: str, names: Iterable[str]) -> str:
    """One sentence that offers the nearest names, or all of them where none is near."""
    import difflib  # needed only when something is wrong; every command imports this module

    known = list(names)
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    near += [name for name in known if wanted and wanted in name and name not in near]
    if near:
        return f"Did you mean {' or '.join(near[:3])}?"
    return f"There are: {', '.join(known)}." if known else "There are none."
