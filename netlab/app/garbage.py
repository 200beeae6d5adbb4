"""How often Python looks for garbage. A look at all that an open lab holds takes 50 ms, in which no key is heard."""

from __future__ import annotations

import gc

RARELY = (3_000, 10, 20)
"""New objects before a look at the youngest, and so many looks before one at the older ones; see gc.set_threshold."""


def look_rarely() -> None:
    """For as long as this process lives."""
    gc.set_threshold(*RARELY)


def keep_what_is_there() -> None:
    """A screen has been opened, a run begins: what is there now stays a while, and is not looked at again."""
    gc.freeze()


def let_go() -> None:
    """What was kept may have become garbage: a screen was left."""
    gc.unfreeze()
