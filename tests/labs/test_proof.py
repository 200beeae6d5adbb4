"""Content is tested like code: every lab accepts its solutions, and catches every wrong variant where it must."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from netlab.checking.proofs import ProofReport
from netlab.checking.prove import SIDE_BY_SIDE, prove
from netlab.courseware.course import load_course
from netlab.courseware.loading import load_lab
from netlab.network.entering import probe

LABS = [head.id for head in load_course().heads]

Proofs = dict[str, "asyncio.Task[ProofReport]"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proofs() -> AsyncIterator[Proofs]:
    """The proof of every lab, all begun: they share the machine, and the next lab fills the waits of the one before."""
    course, capability, limit = load_course(), probe(), asyncio.Semaphore(SIDE_BY_SIDE)
    labs = [load_lab(course.find_head(lab_id).path) for lab_id in LABS]
    tasks = {lab.id: asyncio.create_task(prove(lab, capability=capability, limit=limit)) for lab in labs}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest.mark.network
@pytest.mark.proof
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("lab_id", LABS)
async def test_a_lab_proves(proofs: Proofs, lab_id: str) -> None:
    report = await proofs[lab_id]
    wrong = {run.name: run.problems for run in report.runs if run.problems}
    assert (wrong, report.problems) == ({}, ())
    assert report.proven
