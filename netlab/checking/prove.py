"""Proves a lab: runs its checkpoints over its solution, its starter, its further solutions, and its wrong variants.

What must come out is in `proofs.py`. Here is how: a variant's files lie over the solution's, in a temporary folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from netlab.checking.child import Children
from netlab.checking.claims import unfounded
from netlab.checking.layering import lay_over
from netlab.checking.proofs import (
    ProofReport,
    ProvenRun,
    judge_right,
    judge_starter,
    judge_variant,
    needless,
    repeated,
    to_run,
    unproven,
)
from netlab.checking.runner import assert_claims, check, measure
from netlab.checking.verdicts import LabReport
from netlab.courseware.claims import load_claims
from netlab.courseware.model import Lab
from netlab.courseware.variants import Variant, load_variants
from netlab.network.entering import Capability

SIDE_BY_SIDE = 14
"""Checks that run at a time: the checkpoints of wrong programs wait (5 s at a time) more than they work."""
JOBS = 1
"""Checking children of each: a second one costs more than it saves, where few checkpoints run."""
TIMEOUT = 600.0
"""Seconds that one set of programs has: a variant may run every checkpoint into its deadline."""

T = TypeVar("T")

OnRun = Callable[[ProvenRun], None]


@dataclass(frozen=True, slots=True)
class _Trial:
    """One set of programs to check, and how to judge what comes out."""

    name: str
    folder: Path
    judge: Callable[[LabReport], tuple[str, ...]]
    only: Sequence[str] | None = None


async def prove(
    lab: Lab,
    *,
    capability: Capability,
    python: Path | None = None,
    everything: bool = False,
    limit: asyncio.Semaphore | None = None,
    on_run: OnRun = lambda run: None,
) -> ProofReport:
    """Checks all that a lab comes with; `on_run` is told each run as it ends.

    A wrong variant runs the checkpoints that must catch it and two that must pass; all of them with `everything`.
    `limit` is how many checks run at a time; proofs of several labs may share it, and then fill one another's waits.
    Raises BrokenLabError where the lab's files contradict one another.
    """
    variants = load_variants(lab)
    limit = limit or asyncio.Semaphore(SIDE_BY_SIDE)
    with tempfile.TemporaryDirectory(prefix="netlab-prove-") as space:
        right = _right_ones(lab, Path(space))
        wrong = _wrong_ones(lab, variants, Path(space), everything=everything)
        async with _kept_children(lab, capability) as children, _failing_as_one() as group:
            one = partial(_check, lab, children, capability=capability, python=python, limit=limit, on_run=on_run)
            measuring = partial(measure, lab, lab.solution_folder, capability=capability, python=python)
            claiming = partial(assert_claims, lab, capability=capability, python=python)
            measured = group.create_task(_one_of(limit, measuring))
            claims = group.create_task(_one_of(limit, claiming))
            runs = {trial.name: group.create_task(one(trial)) for trial in _in_turn(right, wrong)}
    problems = (
        *needless(lab, variants),
        *_repeated(lab, variants),
        *unproven(lab, measured.result()),
        *unfounded(load_claims(lab), claims.result()),
    )
    proven = tuple(outcome.verdict for outcome in claims.result().values())
    return ProofReport(lab.id, tuple(runs[trial.name].result() for trial in (*right, *wrong)), problems, proven)


def _in_turn(right: Sequence[_Trial], wrong: Sequence[_Trial]) -> list[_Trial]:
    """Both kinds evenly mixed: right programs work and wrong ones wait, so they fill one another's time.

    The wrong ones that may wait longest come first, so that none is left to run alone at the end.
    """
    longest_first = sorted(wrong, key=lambda trial: -len(trial.only or ()))
    places = [(n + 0.5) / len(some) for some in (right, longest_first) for n in range(len(some))]
    return [trial for _, trial in sorted(zip(places, (*right, *longest_first), strict=True), key=lambda one: one[0])]


def _right_ones(lab: Lab, space: Path) -> list[_Trial]:
    trials = [
        _Trial("solution", lab.solution_folder, judge_right),
        _Trial("starter", lab.starter_folder, partial(judge_starter, lab)),
    ]
    for folder in sorted(path for path in (lab.path / "right").glob("*") if path.is_dir()):
        name = f"right/{folder.name}"
        trials.append(_Trial(name, lay_over(lab.solution_folder, folder, space / name), judge_right))
    return trials


def _wrong_ones(lab: Lab, variants: Sequence[Variant], space: Path, *, everything: bool) -> list[_Trial]:
    trials = []
    for number, variant in enumerate(variants):
        name = f"wrong/{variant.name}"
        only = None if everything else to_run(lab, variant, number)
        folder = lay_over(lab.solution_folder, variant.folder, space / name)
        trials.append(_Trial(name, folder, partial(judge_variant, variant), only))
    return trials


async def _check(
    lab: Lab,
    children: Children,
    trial: _Trial,
    *,
    capability: Capability,
    python: Path | None,
    limit: asyncio.Semaphore,
    on_run: OnRun,
) -> ProvenRun:
    async with limit:
        report = await check(
            lab,
            trial.folder,
            capability=capability,
            python=python,
            only=trial.only,
            jobs=JOBS,
            timeout=TIMEOUT,
            children=children,
            prerequisites=trial.only is None,
        )
    run = ProvenRun(trial.name, report, trial.judge(report))
    on_run(run)
    return run


async def _one_of(limit: asyncio.Semaphore, work: Callable[[], Coroutine[None, None, T]]) -> T:
    async with limit:
        return await work()


@contextlib.asynccontextmanager
async def _kept_children(lab: Lab, capability: Capability) -> AsyncIterator[Children]:
    children = Children(lab, capability)
    try:
        yield children
    finally:
        await children.close()


@contextlib.asynccontextmanager
async def _failing_as_one() -> AsyncIterator[asyncio.TaskGroup]:
    """A task group whose first error ends the others, and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


def _repeated(lab: Lab, variants: Sequence[Variant]) -> tuple[str, ...]:
    return repeated({v.name: _files(v.folder) for v in variants}, _files(lab.solution_folder))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
