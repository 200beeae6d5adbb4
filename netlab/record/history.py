"""Which fates replaced which: what is needed to draw a frame as it stood before its last one.

Sparse: a frame that met one fate, or none, costs nothing here; every further one costs 16 bytes. What the fates were
stays in the wire's log.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar


class FateHistory:
    """Places in the log of FATE entries that replaced another, in the log's order, each with the one it replaced."""

    INDEX: ClassVar = (("_later", "Q"), ("_before", "Q"))
    """The arrays, as they are saved."""

    def __init__(self) -> None:
        self._later, self._before = array("Q"), array("Q")

    def __len__(self) -> int:
        return len(self._later)

    def note(self, later: int, before: int) -> None:
        """The fate that is told at `later` replaced the one at `before`. The log is read from its start to its end."""
        self._later.append(later)
        self._before.append(before)

    def before(self, offset: int) -> int:
        """Where the fate is that the one at `offset` replaced; 0 where that was the frame's first."""
        at = bisect_left(self._later, offset)
        return self._before[at] if at < len(self) and self._later[at] == offset else 0

    @property
    def later(self) -> Sequence[int]:
        """Where the fates are told that replaced another."""
        return self._later

    def arrays(self) -> list[array[int]]:
        """The arrays of INDEX, in its order."""
        return [getattr(self, name) for name, _ in self.INDEX]

    def restore(self, arrays: Sequence[array[int]], log_size: int) -> None:
        """Take over what was saved. ValueError where it cannot be: then a frame's past would have no end."""
        self._later, self._before = arrays
        in_order = all(one < other for one, other in pairwise(self._later))
        backwards = all(before < later for later, before in zip(self._later, self._before, strict=True))
        if not in_order or not backwards or (self._later and self._later[-1] > log_size):
            raise ValueError("the fates are not in order")
