"""What runs next, and what is kept from running."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from netlab.checking.outcomes import PASSED, Outcome
from netlab.checking.plan import Plan
from netlab.checking.verdicts import Verdict
from netlab.courseware.model import Lab
from netlab.errors import UsageError

FAILED = Outcome(Verdict.FAILED, got="nothing")


@pytest.fixture
def lab(lab_of: Callable[..., Lab]) -> Lab:
    return lab_of(listens={}, echo={"needs": "listens"}, twice={"needs": "echo"}, client={})


def takes(plan: Plan) -> str:
    checkpoint = plan.take()
    return checkpoint.id if checkpoint else ""


def test_a_checkpoint_waits_for_its_prerequisite(lab: Lab) -> None:
    plan = Plan(lab)
    assert [takes(plan), takes(plan), takes(plan)] == ["listens", "client", ""]
    plan.settle(lab.checkpoint("listens"), PASSED)
    assert [takes(plan), takes(plan)] == ["echo", ""]
    assert not plan.finished


def test_a_failure_blocks_all_that_stand_on_it(lab: Lab) -> None:
    plan = Plan(lab)
    new = plan.settle(lab.checkpoint("listens"), FAILED)
    assert [(r.id, r.verdict, r.got) for r in new] == [
        ("listens", "failed", "nothing"),
        ("echo", "blocked", "listens failed"),
        ("twice", "blocked", "echo blocked"),
    ]
    assert takes(plan) == "client"
    assert plan.finished


def test_what_needs_the_unavailable_is_unavailable(lab: Lab) -> None:
    new = Plan(lab).settle(lab.checkpoint("echo"), Outcome(Verdict.UNAVAILABLE, got="no wire"))
    assert [(r.id, r.verdict, r.got) for r in new][1] == ("twice", "unavailable", "it needs echo: no wire")


def test_prerequisites_of_only_run_and_are_not_reported(lab: Lab) -> None:
    plan = Plan(lab, only=["twice"])
    assert plan.waiting == 3
    assert plan.settle(lab.checkpoint("listens"), PASSED) == []
    assert [r.id for r in plan.settle(lab.checkpoint("echo"), FAILED)] == ["twice"]
    assert [r.id for r in plan.results()] == ["twice"]
    assert [r.id for r in plan.results(reported=False)] == ["listens", "echo"]


def test_results_are_in_the_labs_order(lab: Lab) -> None:
    plan = Plan(lab)
    for name in ("client", "listens", "echo", "twice"):
        plan.settle(lab.checkpoint(name), PASSED)
    assert [r.id for r in plan.results()] == ["listens", "echo", "twice", "client"]


def test_the_hint_is_for_who_did_not_pass(lab: Lab) -> None:
    plan = Plan(lab)
    assert plan.settle(lab.checkpoint("client"), PASSED)[0].hint == ""
    assert plan.settle(lab.checkpoint("listens"), FAILED)[0].hint == "Think about listens."


def test_running_out_of_time_settles_what_runs_and_what_waits(lab: Lab) -> None:
    plan = Plan(lab)
    plan.settle(lab.checkpoint("client"), PASSED)
    plan.take()
    assert [r.id for r in plan.run_out("too late")] == ["listens", "echo", "twice"]
    assert plan.finished
    assert {r.out_of_time for r in plan.results() if r.id != "client"} == {True}


def test_an_unknown_checkpoint_offers_the_nearest(lab: Lab) -> None:
    with pytest.raises(UsageError, match="Did you mean listens"):
        Plan(lab, only=["listen"])
