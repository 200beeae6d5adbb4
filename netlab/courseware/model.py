"""A lab as frozen data: what `lab.toml` says, after loading. Knows no clock, no process, no learner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from netlab.courseware.bilingual import Bilingual
from netlab.courseware.naming import suggestion
from netlab.errors import UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HostModel:
    """A host of the lab, by name and IPv4 address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ProgramModel:
    """A program that the learner writes; its name is also its terminal's."""

    name: str
    file: str
    """Relative to the learner's folder."""
    host: str
    arguments: tuple[str, ...]
    """What follows the file name; `{HOST}` and `{PORT}` stand for the address and the port of the run."""
    listens: str
    """`tcp`, `udp`, or nothing: how the kernel shows that it is ready."""


@dataclass(frozen=True, slots=True)
class CheckpointModel(Bilingual):
    """One thing that the learner's programs must do."""

    id: str
    title: str
    title_zh: str
    points: int
    scored: bool
    needs: str
    """The one checkpoint that must have passed before, or nothing."""
    hint: str
    hint_zh: str
    needs_wire: bool
    """Cannot be judged on the loopback."""


@dataclass(frozen=True, slots=True)
class HintModel(Bilingual):
    """One hint of the lab; they are given in order."""

    hint: str
    hint_zh: str


class PredictionKind(StrEnum):
    """What an answer looks like."""

    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class PredictionModel(Bilingual):
    """A question asked before a run, judged against what the run measured."""

    id: str
    question: str
    question_zh: str
    kind: PredictionKind
    choices: tuple[str, ...]
    """What may be answered, where the kind is `choice`; stored answers are these, in English."""
    choices_zh: tuple[str, ...]
    """As many, or none."""
    needs_wire: bool = False
    """Cannot be measured on the loopback."""

    def choice_labels(self, language: str = "en") -> tuple[str, ...]:
        """The choices as they are shown, in the order of `choices`."""
        return self.choices_zh if language == "zh" and self.choices_zh else self.choices


class StepKind(StrEnum):
    """What one step of a scene does."""

    START = "start"
    WAIT = "wait"
    TYPE = "type"
    INTERRUPT = "interrupt"
    STOP = "stop"
    END = "end"


@dataclass(frozen=True, slots=True)
class SceneStep:
    """One scripted act: start a program, wait for a text on its terminal, type into it, press Ctrl-C, stop it at once,
    or wait until it has ended by itself."""

    kind: StepKind
    program: str
    text: str = ""
    """What is waited for, or typed (a newline is added)."""
    arguments: tuple[str, ...] = ()
    """For `start`: what follows the program's own arguments; `{FOLDER}` in it stands for the learner's folder."""


@dataclass(frozen=True, slots=True)
class SceneModel(Bilingual):
    """A scripted run, played on fresh hosts."""

    id: str
    title: str
    title_zh: str
    wire: str
    """The wire script in the learner's folder, or nothing."""
    steps: tuple[SceneStep, ...]


@dataclass(frozen=True, slots=True)
class StarterModel:
    """What the starter already does, and what it does not. A checkpoint in neither may go either way."""

    passes: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lab(Bilingual):
    """One lab, whole and valid."""

    path: Path
    """The lab's own folder, absolute."""
    id: str
    number: int
    version: str
    title: str
    title_zh: str
    summary: str
    summary_zh: str
    port: int
    hosts: tuple[HostModel, ...]
    programs: tuple[ProgramModel, ...]
    checkpoints: tuple[CheckpointModel, ...]
    hints: tuple[HintModel, ...]
    predictions: tuple[PredictionModel, ...]
    scenes: tuple[SceneModel, ...]
    starter: StarterModel

    @property
    def folder_name(self) -> str:
        """`02-chat-server`: the lab's folder, and by default the learner's."""
        return self.path.name

    @property
    def starter_folder(self) -> Path:
        """What `netlab start` lays out."""
        return self.path / "starter"

    @property
    def solution_folder(self) -> Path:
        """Files that pass every checkpoint."""
        return self.path / "solution"

    @property
    def wrong_folder(self) -> Path:
        """Holds `variants.toml` and one folder for each wrong variant."""
        return self.path / "wrong"

    @property
    def right_folder(self) -> Path:
        """Other programs that are right: each folder's files lie over the solution's. Need not exist."""
        return self.path / "right"

    @property
    def test_file(self) -> Path:
        """The checkpoints themselves: a pytest file."""
        return self.path / "test_checkpoints.py"

    @property
    def claims_file(self) -> Path:
        """Assertions for what the guide claims: a pytest file, which only `netlab prove` runs. Need not exist."""
        return self.path / "test_claims.py"

    def program(self, name: str) -> ProgramModel:
        """Raises UsageError where the lab has no such program."""
        return _named(self.programs, "name", name, "program", self.id)

    def host(self, name: str) -> HostModel:
        """Raises UsageError where the lab has no such host."""
        return _named(self.hosts, "name", name, "host", self.id)

    def checkpoint(self, checkpoint_id: str) -> CheckpointModel:
        """Raises UsageError, with the nearest ids, where the lab has no such checkpoint."""
        return _named(self.checkpoints, "id", checkpoint_id, "checkpoint", self.id)

    def scene(self, scene_id: str) -> SceneModel:
        """Raises UsageError, with the nearest ids, where the lab has no such scene."""
        return _named(self.scenes, "id", scene_id, "scene", self.id)


def _named(items: tuple[T, ...], key: str, wanted: str, noun: str, lab: str) -> T:
    for item in items:
        if getattr(item, key) == wanted:
            return item
    raise UsageError(f'{lab} has no {noun} "{wanted}".', suggestion(wanted, [getattr(item, key) for item in items]))
