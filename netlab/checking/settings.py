"""What a checking child is told before its first checkpoint. Plain data that goes over the link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from netlab.network.entering import Capability


@dataclass(frozen=True, slots=True)
class Settings:
    """Whose programs run, with what, and where their records go."""

    lab: Path
    """The lab's folder."""
    folder: Path
    """The learner's."""
    python: Path
    """Runs the learner's programs."""
    capability: Capability
    """What this machine gives; the parent has probed it."""
    records: Path | None = None
    """The record of each checkpoint is saved here, as `ID.netlab`; nowhere where this is None."""
    uncompiled: Mapping[str, str] = field(default_factory=dict)
    """Programs that do not compile, by name, each with its one line (`server.py:3: SyntaxError: ...`)."""

    def record_of(self, checkpoint: str) -> Path | None:
        return self.records / f"{checkpoint}.netlab" if self.records else None

    def as_json(self) -> dict[str, Any]:
        return {
            "lab": str(self.lab),
            "folder": str(self.folder),
            "python": str(self.python),
            "capability": asdict(self.capability),
            "records": str(self.records) if self.records else None,
            "uncompiled": dict(self.uncompiled),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Settings:
        records = values["records"]
        return cls(
            lab=Path(values["lab"]),
            folder=Path(values["folder"]),
            python=Path(values["python"]),
            capability=Capability(**values["capability"]),
            records=Path(records) if records else None,
            uncompiled=values["uncompiled"],
        )
