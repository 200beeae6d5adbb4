"""`netlab hint`: one hint at a time. Which were shown is remembered."""

from __future__ import annotations

import click

from netlab.cli.common import CheckpointName, lab_argument, language, language_option, progress
from netlab.cli.output import emit, paint
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab
from netlab.progress.store import Progress


@click.command("hint")
@lab_argument()
@click.argument("checkpoint", type=CheckpointName(), metavar="[ID]", default="")
@language_option
@click.pass_context
def command(ctx: click.Context, lab: str, checkpoint: str) -> None:
    """The next hint for a lab, or the hint for one checkpoint."""
    found = load_course().find(lab)
    with progress() as kept:
        if checkpoint:
            _for_checkpoint(found, checkpoint, kept, language(ctx))
        else:
            _next(found, kept, language(ctx))


def _for_checkpoint(lab: Lab, checkpoint_id: str, kept: Progress, reads: str) -> None:
    checkpoint = lab.checkpoint(checkpoint_id)
    if not checkpoint.hint:
        emit(f"{checkpoint.id} has no hint of its own. For the lab's: netlab hint {lab.id}")
        return
    emit(f"{paint(checkpoint.id, 'bold')}  {checkpoint.text('hint', reads)}")
    kept.record_reveal(lab.id, "hint", checkpoint.id)


def _next(lab: Lab, kept: Progress, reads: str) -> None:
    shown = set(kept.revealed(lab.id, "hint"))
    fresh = [n for n in range(1, len(lab.hints) + 1) if str(n) not in shown]
    for n in fresh[:1] or range(1, len(lab.hints) + 1):
        emit(f"{paint(f'{n} of {len(lab.hints)}', 'bold')}  {lab.hints[n - 1].text('hint', reads)}")
    if fresh:
        kept.record_reveal(lab.id, "hint", str(fresh[0]))
    else:
        emit(f"There are no further hints. For one checkpoint: netlab hint {lab.id} ID")
