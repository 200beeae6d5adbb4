"""`netlab labs`: the course and the learner's progress."""

from __future__ import annotations

from typing import Any

import click

from netlab.cli.common import language, language_option, progress
from netlab.cli.output import cells, emit, emit_json, pad, paint
from netlab.courseware.course import load_course
from netlab.courseware.heads import LabHead

SCHEMA = 1
"""The version of the JSON object."""


@click.command("labs")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@language_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """The course, and how far you are."""
    heads = load_course().heads
    with progress() as kept:
        passed = kept.passed_everywhere()
    if as_json:
        emit_json({"schema": SCHEMA, "labs": [_json(head, passed.get(head.id)) for head in heads]})
    else:
        _table(heads, passed, language(ctx))


def _json(head: LabHead, passed: frozenset[str] | None) -> dict[str, Any]:
    return {
        "id": head.id,
        "number": head.number,
        "version": head.version,
        "title": head.title,
        "title_zh": head.title_zh,
        "summary": head.summary,
        "summary_zh": head.summary_zh,
        "checkpoints": list(head.checkpoints),
        "passed": [checkpoint for checkpoint in head.checkpoints if checkpoint in (passed or ())],
        "state": _state(head, passed),
    }


def _state(head: LabHead, passed: frozenset[str] | None) -> str:
    """`passed`, `begun` (something was tried), or `new`."""
    if passed is None:
        return "new"
    return "passed" if passed.issuperset(head.scored) else "begun"


def _table(heads: tuple[LabHead, ...], passed: dict[str, frozenset[str]], reads: str) -> None:
    width = max((len(head.id) for head in heads), default=0)
    titles = max((cells(head.text("title", reads)) for head in heads), default=0)
    for head in heads:
        state, done = _state(head, passed.get(head.id)), passed.get(head.id, frozenset())
        count = f"{len(done.intersection(head.scored)):2}/{len(head.scored):<2}"
        title = pad(head.text("title", reads), titles)
        emit(f"{head.number:3}  {paint(head.id.ljust(width), 'bold')}  {title}  {count}  {_mark(state)}".rstrip())


def _mark(state: str) -> str:
    if state == "passed":
        return paint("passed", "green")
    return paint("begun", "yellow") if state == "begun" else ""
