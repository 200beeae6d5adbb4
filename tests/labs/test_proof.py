"""Content is tested like code: every lab accepts its solutions, and catches every wrong variant where it must."""

from __future__ import annotations

import pytest

from netlab.checking.prove import prove
from netlab.courseware.course import load_course
from netlab.courseware.loading import load_lab
from netlab.network.entering import probe

COURSE = load_course()


@pytest.mark.network
@pytest.mark.proof
@pytest.mark.parametrize("lab_id", [head.id for head in COURSE.heads])
async def test_a_lab_proves(lab_id: str) -> None:
    report = await prove(load_lab(COURSE.find_head(lab_id).path), capability=probe())
    wrong = {run.name: run.problems for run in report.runs if run.problems}
    assert (wrong, report.problems) == ({}, ())
    assert report.proven
