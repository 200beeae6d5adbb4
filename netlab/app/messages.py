"""What travels inside the workbench, from a widget outwards or from the session in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from netlab.session.facts import Fact  # and with it every verdict: 7 ms that the first paint need not wait


class Told(Message):
    """The session told a fact. Only `bridge` makes these."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.fact = fact


class LabChosen(Message):
    """The learner wants to open a lab."""

    def __init__(self, lab: str) -> None:
        super().__init__()
        self.lab = lab


class PlaceChosen(Message):
    """The learner wants to see a line of their code (from 1), or a frame."""

    def __init__(self, file: str = "", line: int = 0, frame: int = 0) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.frame = frame


class PaneChosen(Message):
    """The learner wants another pane in front."""

    def __init__(self, pane: str) -> None:
        super().__init__()
        self.pane = pane
