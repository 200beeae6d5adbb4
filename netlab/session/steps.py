"""Where a learner is in a guide, and which of its steps are done: remembered by the step's id, never by its number.

A step that names checkpoints (`like-this`) is done when they have passed; any step is when the learner says so, and is
not when they say that. Nothing here turns a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from netlab.courseware.guide import GuideStep
from netlab.courseware.model import Lab
from netlab.session.settings import Settings

_NAMED = re.compile(r"`([\w-]+)`")


class GuideMarks:
    """The ticks of one lab's guide."""

    def __init__(self, lab: Lab, settings: Settings, passed: Callable[[], Collection[str]]) -> None:
        self._checkpoints = [checkpoint.id for checkpoint in lab.checkpoints]
        self._settings = settings
        self._name = f"guide/{lab.id}"
        self.passed = passed
        """Ids of the checkpoints that ever passed."""

    def place(self, steps: Sequence[GuideStep]) -> int:
        """Which step was open last, from 0; the first where none was."""
        at = self._kept.get("at")
        return next((n for n, step in enumerate(steps) if step.id == at), 0)

    def turned(self, step: GuideStep) -> None:
        """This step is open now."""
        self._settings.put(self._name, {**self._kept, "at": step.id})

    def named(self, step: GuideStep) -> list[str]:
        """The checkpoints that the step names, in the lab's order."""
        words = set(_NAMED.findall(step.text))
        return [checkpoint for checkpoint in self._checkpoints if checkpoint in words]

    def done(self, step: GuideStep) -> bool:
        """Whether it is ticked off."""
        said = self._ticks.get(step.id)
        return said if isinstance(said, bool) else self._follows(step)

    def toggle(self, step: GuideStep) -> None:
        """The learner says that it is done, or is not."""
        done = not self.done(step)
        ticks = {name: tick for name, tick in self._ticks.items() if name != step.id}
        if done != self._follows(step):
            ticks[step.id] = done
        self._settings.put(self._name, {**self._kept, "ticks": ticks})

    def _follows(self, step: GuideStep) -> bool:
        named = self.named(step)
        return bool(named) and set(named) <= set(self.passed())

    @property
    def _kept(self) -> dict[str, Any]:
        return self._settings.get(self._name, {})

    @property
    def _ticks(self) -> dict[str, Any]:
        ticks = self._kept.get("ticks")
        return ticks if isinstance(ticks, dict) else {}
