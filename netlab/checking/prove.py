"""Proves a lab: runs its checkpoints over its solution, its starter, its further solutions, and its wrong variants.

What must come out is in `proofs.py`. Here is how: a variant's files lie over the solution's, in a temporary folder.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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

SIDE_BY_SIDE = 10
"""Checks that run at a time: the checkpoints of wrong programs wait (5 s at a time) more than they work."""
JOBS = 1
"""Checking children of each: a second one costs more than it saves, where few checkpoints run."""
TIMEOUT = 600.0
"""Seconds that one set of programs has: a variant may run every checkpoint into its deadline."""

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
    side_by_side: int = SIDE_BY_SIDE,
    on_run: OnRun = lambda run: None,
) -> ProofReport:
    """Checks all that a lab comes with; `on_run` is told each run as it ends.

    A wrong variant runs the checkpoints that must catch it and two that must pass; all of them with `everything`.
    Raises BrokenLabError where the lab's files contradict one another.
    """
    variants = load_variants(lab)
    with tempfile.TemporaryDirectory(prefix="netlab-prove-") as space:
        trials = [*_right_ones(lab, Path(space)), *_wrong_ones(lab, variants, Path(space), everything=everything)]
        limit, children = asyncio.Semaphore(side_by_side), Children(lab, capability)
        one = partial(_check, lab, children, capability=capability, python=python, limit=limit, on_run=on_run)
        try:
            runs = await _all(one(trial) for trial in trials)
        finally:
            await children.close()
    measured = await measure(lab, lab.solution_folder, capability=capability, python=python)
    claims = await assert_claims(lab, capability=capability, python=python)
    problems = (
        *needless(lab, variants),
        *_repeated(lab, variants),
        *unproven(lab, measured),
        *unfounded(load_claims(lab), claims),
    )
    return ProofReport(lab.id, tuple(runs), problems, tuple(outcome.verdict for outcome in claims.values()))


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


async def _all(runs: Iterable[Coroutine[None, None, ProvenRun]]) -> list[ProvenRun]:
    """Their results, in order; the first error ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(run) for run in runs]
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


def _repeated(lab: Lab, variants: Sequence[Variant]) -> tuple[str, ...]:
    return repeated({v.name: _files(v.folder) for v in variants}, _files(lab.solution_folder))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
