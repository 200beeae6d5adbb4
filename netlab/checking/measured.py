"""What the measurement of a prediction returns, where frames show its answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netlab.checking.sightings import Sighting
from netlab.checking.verdicts import Answer


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer that a run gives to a prediction, and what in that run's record proves it.

    return Measured(len(handshake), handshake)
    """

    answer: Answer
    """A number, one of the choices, or `yes` or `no`."""
    shown_by: Sequence[Sighting | str] = ()
    """The frames that the answer rests on, in their order; or a text such as a line of the terminal."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """As a checkpoint names its own: `frame 4`."""
        return tuple(one if isinstance(one, str) else f"frame {one.number}" for one in self.shown_by)
