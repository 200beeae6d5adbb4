"""Plays a scene's scripted steps on a stage, for `netlab run` and for the workbench."""

from __future__ import annotations

from typing import assert_never

from netlab.courseware.model import SceneModel, SceneStep, StepKind
from netlab.errors import NetlabError
from netlab.network.rulefile import load_rules
from netlab.stage.stage import Running, Stage

PATIENCE = 5.0
"""Seconds that a program may take for what a step waits for."""


class SceneStuck(NetlabError):
    """A step of a scene waited for something that the learner's programs did not do. The run up to there is real."""


async def play(stage: Stage, scene: SceneModel) -> None:
    """Every step, one after another. Raises SceneStuck where a program does not do what the next step needs, and
    UsageError for a bad wire script."""
    if scene.wire:
        await stage.set_rules(load_rules(stage.folder / scene.wire, list(stage.hosts)))
    for step in scene.steps:
        await _play_step(stage, step)


async def _play_step(stage: Stage, step: SceneStep) -> None:
    match step.kind:
        case StepKind.START:
            await _start(stage, step)
        case StepKind.WAIT:
            await _wait(stage, _running(stage, step.program), step.text)
        case StepKind.TYPE:
            _running(stage, step.program).program.type(step.text.encode() + b"\n")
        case StepKind.INTERRUPT:
            _running(stage, step.program).program.interrupt()
        case StepKind.STOP:
            await _running(stage, step.program).program.stop(grace=0.0)
        case StepKind.END:
            await _end(stage, _running(stage, step.program))
        case _:
            assert_never(step.kind)


async def _start(stage: Stage, step: SceneStep) -> None:
    arguments = [argument.replace("{FOLDER}", str(stage.folder)) for argument in step.arguments]
    running = await stage.start(step.program, *arguments)
    if running.model.listens and not (await stage.ready(running)).ready:
        raise SceneStuck(f"{running.model.file} is not listening at {running.address[0]}:{running.address[1]}.")


async def _wait(stage: Stage, running: Running, text: str) -> None:
    program = running.program

    await stage.until(lambda: program.transcript.shows(text) or program.ended is not None, PATIENCE)
    if not program.transcript.shows(text):
        raise SceneStuck(f'{running.model.file} did not show "{text}": {stage.doing(running)}.')


async def _end(stage: Stage, running: Running) -> None:
    if not await stage.until(lambda: running.program.ended is not None, PATIENCE):
        raise SceneStuck(f"{running.model.file} did not end: {stage.doing(running)}.")


def _running(stage: Stage, name: str) -> Running:
    """The newest program of that name: a scene may start a client, see it end, and start it again."""
    for running in reversed(stage.programs):
        if name in (running.program.spec.name, running.model.name):
            return running
    raise SceneStuck(f"The scene has not started {name} yet.")
