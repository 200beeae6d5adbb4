"""`netlab run`: plays a scene on fresh hosts, and prints its ladder."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from netlab.cli.common import (
    folder_option,
    found_folder,
    lab_argument,
    language,
    language_option,
    progress,
    python_option,
)
from netlab.cli.diagnostics import ExitCode, complain
from netlab.cli.exporting import Wanted, output_options
from netlab.cli.inside import enter_namespaces
from netlab.cli.output import emit, paint
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab, SceneModel
from netlab.errors import NetlabError, UsageError
from netlab.network.entering import Capability
from netlab.record.record import Record
from netlab.stage.scene import SceneStuck, play
from netlab.stage.stage import Stage


@click.command("run")
@lab_argument()
@click.argument("scene", metavar="[SCENE]", default="")
@folder_option
@output_options(save=True)
@python_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, lab: str, scene: str, directory: Path | None, python: Path | None, wanted: Wanted
) -> int:
    """Play a scene of a lab with your programs (the first one, if none is named), and print what happened.

    Exit code 1: a program did not do what the scene waits for. What happened until then is printed all the same.
    """
    found = load_course().find(lab)
    played = _scene(found, scene)
    with progress() as kept:
        folder = found_folder(found, directory, kept)
    capability = enter_namespaces()
    record, stuck = asyncio.run(_play(found, played, folder, capability, python))
    title = played.text("title", language(ctx))
    if not wanted.json:
        emit(paint(title, "bold"))
    wanted.make(record, title)
    record.close()
    if stuck is None:
        return ExitCode.OK
    complain(stuck.message, stuck.remedy)
    return ExitCode.FAILED


def _scene(lab: Lab, name: str) -> SceneModel:
    if not lab.scenes:
        raise UsageError(f"{lab.id} has no scenes.")
    return lab.scene(name) if name else lab.scenes[0]


async def _play(
    lab: Lab, scene: SceneModel, folder: Path, capability: Capability, python: Path | None
) -> tuple[Record, NetlabError | None]:
    """The record of the scene, and what stopped it before its end, if anything did."""
    stuck = None
    async with Stage.open(lab, folder, capability=capability, python=python, scene=scene.id) as stage:
        try:
            await play(stage, scene)
        except SceneStuck as error:
            stuck = error
        await stage.sync()
    return stage.recording.record, stuck
