"""`lab.toml` to a Lab. Raises BrokenLabError with file, key and what was meant; what comes out is whole and valid."""

from __future__ import annotations

from pathlib import Path

from netlab.courseware.heads import check_head
from netlab.courseware.model import (
    CheckpointModel,
    HintModel,
    HostModel,
    Lab,
    PredictionKind,
    PredictionModel,
    ProgramModel,
    SceneModel,
    SceneStep,
    StarterModel,
    StepKind,
)
from netlab.courseware.tables import Table, read_toml, shown
from netlab.courseware.validation import validate
from netlab.errors import BrokenLabError

SCHEMA = 1
"""The version of lab.toml that this netlab reads."""


def load_lab(path: Path) -> Lab:
    """The lab in this folder (`labs/NN-id`)."""
    folder = path.resolve()
    top = read_toml(folder / "lab.toml")
    _check_schema(top)
    lab = _lab(top, folder)
    top.close()
    validate(lab)
    check_head(lab)
    return lab


def _check_schema(top: Table) -> None:
    schema = top.integer("schema")
    if schema != SCHEMA:
        remedy = "Take a newer netlab." if schema > SCHEMA else f"Rewrite it for schema {SCHEMA}."
        raise BrokenLabError(f"{shown(top.path)}: schema is {schema}; this netlab reads {SCHEMA}.", remedy)


def _lab(top: Table, folder: Path) -> Lab:
    return Lab(
        path=folder,
        id=top.text("id"),
        number=top.integer("number", least=0, most=99),
        version=top.text("version"),
        title=top.text("title"),
        title_zh=top.text("title_zh", ""),
        summary=top.text("summary", ""),
        summary_zh=top.text("summary_zh", ""),
        port=top.integer("port", 7788, least=1, most=65535),
        hosts=tuple(map(_host, top.tables("hosts"))),
        programs=tuple(map(_program, top.tables("programs"))),
        checkpoints=tuple(map(_checkpoint, top.tables("checkpoints"))),
        hints=tuple(map(_hint, top.tables("hints"))),
        predictions=tuple(map(_prediction, top.tables("predictions"))),
        scenes=tuple(map(_scene, top.tables("scenes"))),
        starter=_starter(top.table("starter")),
    )


def _host(table: Table) -> HostModel:
    host = HostModel(table.text("name"), table.text("address"))
    table.close()
    return host


def _program(table: Table) -> ProgramModel:
    file = table.text("file")
    program = ProgramModel(
        name=table.text("name", Path(file).stem),
        file=file,
        host=table.text("host"),
        arguments=table.texts("arguments", ("{HOST}", "{PORT}")),
        listens=table.choice("listens", ("tcp", "udp", ""), ""),
    )
    table.close()
    return program


def _checkpoint(table: Table) -> CheckpointModel:
    checkpoint = CheckpointModel(
        id=table.text("id"),
        title=table.text("title"),
        title_zh=table.text("title_zh", ""),
        points=table.integer("points", 1, most=1000),
        scored=table.boolean("scored", True),
        needs=table.text("needs", ""),
        hint=table.text("hint", ""),
        hint_zh=table.text("hint_zh", ""),
        needs_wire=table.boolean("needs_wire", False),
    )
    table.close()
    return checkpoint


def _hint(table: Table) -> HintModel:
    hint = HintModel(table.text("text"), table.text("text_zh", ""))
    table.close()
    return hint


def _prediction(table: Table) -> PredictionModel:
    prediction = PredictionModel(
        id=table.text("id"),
        question=table.text("question"),
        question_zh=table.text("question_zh", ""),
        kind=PredictionKind(table.choice("kind", list(PredictionKind))),
        choices=table.texts("choices", ()),
        choices_zh=table.texts("choices_zh", ()),
        needs_wire=table.boolean("needs_wire", False),
    )
    if (prediction.kind is PredictionKind.CHOICE) != bool(prediction.choices):
        table.broken("choices", "must be given where kind is choice, and only there.")
    if prediction.choices_zh and len(prediction.choices_zh) != len(prediction.choices):
        table.broken("choices_zh", "must be as many as choices.")
    table.close()
    return prediction


def _scene(table: Table) -> SceneModel:
    scene = SceneModel(
        id=table.text("id"),
        title=table.text("title"),
        title_zh=table.text("title_zh", ""),
        wire=table.text("wire", ""),
        steps=tuple(map(_step, table.tables("steps"))),
    )
    table.close()
    return scene


def _step(table: Table) -> SceneStep:
    kinds = [kind for kind in StepKind if kind in table.names]
    if len(kinds) != 1:
        table.broken("", "must do exactly one thing.", f"One of: {', '.join(StepKind)}.")
    step = _TEXT_STEPS[kinds[0]](table) if kinds[0] in _TEXT_STEPS else _program_step(kinds[0], table)
    table.close()
    return step


def _program_step(kind: StepKind, table: Table) -> SceneStep:
    arguments = table.texts("arguments", ()) if kind is StepKind.START else ()
    return SceneStep(kind, table.text(kind), arguments=arguments)


def _wait_step(table: Table) -> SceneStep:
    return SceneStep(StepKind.WAIT, table.text("on"), text=table.text("wait"))


def _type_step(table: Table) -> SceneStep:
    return SceneStep(StepKind.TYPE, table.text("on"), text=table.text("type"))


_TEXT_STEPS = {StepKind.WAIT: _wait_step, StepKind.TYPE: _type_step}


def _starter(table: Table) -> StarterModel:
    starter = StarterModel(table.texts("passes", ()), table.texts("fails", ()))
    table.close()
    return starter
