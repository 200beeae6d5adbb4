"""A lab is proven when its checkpoints accept and reject what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from netlab.checking.proofs import judge_right, judge_starter, judge_variant, needless, repeated, to_run
from netlab.checking.prove import prove
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, Versions
from netlab.courseware.model import Lab, StarterModel
from netlab.courseware.variants import Variant
from netlab.network.entering import Capability
from tests.checking.conftest import HEAD

LabOf = Callable[..., Lab]


def report(**verdicts: str) -> LabReport:
    results = [CheckpointResult(i, i, "", Verdict(v), expected="a line", got="none") for i, v in verdicts.items()]
    return LabReport("tiny", "private", Versions("", "", "", ""), tuple(results))


def variant(must: str, may: str = "", message: str = "") -> Variant:
    return Variant("lazy", Path("lazy"), "It does nothing.", tuple(must.split()), tuple(may.split()), message)


def test_a_right_one_passes_everything() -> None:
    assert judge_right(report(a="passed", b="passed")) == ()
    assert judge_right(report(a="failed", b="blocked")) == (
        "a should be passed, but is failed: expected a line; got none",
        "b should be passed, but is blocked: expected a line; got none",
    )


def test_the_starter_does_exactly_what_the_lab_says(lab_of: LabOf) -> None:
    lab = replace(lab_of(a={}, b={}, c={}), starter=StarterModel(passes=("a",), fails=("b", "c")))
    assert judge_starter(lab, report(a="passed", b="failed", c="blocked")) == ()
    assert judge_starter(lab, report(a="failed", b="passed", c="failed")) == (
        "a should be passed, but is failed: expected a line; got none",
        "b should be failed or blocked, but is passed.",
    )


@pytest.mark.parametrize(
    ("verdicts", "problems"),
    [
        ({"a": "failed", "b": "passed", "c": "passed"}, 0),
        ({"a": "failed", "b": "failed", "c": "blocked"}, 0),
        ({"a": "passed", "b": "passed"}, 1),
        ({"a": "blocked"}, 1),
        ({"a": "failed", "c": "failed"}, 1),
        ({"a": "failed", "b": "errored"}, 1),
    ],
)
def test_a_variant_is_caught_by_whom_it_names(verdicts: dict[str, str], problems: int) -> None:
    assert len(judge_variant(variant("a", "b"), report(**verdicts))) == problems


def test_a_variant_is_caught_in_the_words_that_it_names() -> None:
    assert judge_variant(variant("a", message="a line"), report(a="failed")) == ()
    assert judge_variant(variant("a", message="two lines"), report(a="failed")) == (
        'none of the checkpoints that caught it says "two lines":\na: expected a line; got none',
    )


def test_every_scored_checkpoint_is_needed(lab_of: LabOf) -> None:
    lab = lab_of(a={}, b={}, shown={"scored": False})
    assert needless(lab, [variant("a", "b")]) == ("b is needed by no wrong variant.",)


def test_variants_may_not_repeat_one_another_nor_the_solution() -> None:
    solution = {"server.py": b"right", "client.py": b"right"}
    files = {"one": {"server.py": b"wrong"}, "two": {"server.py": b"wrong"}, "three": {"client.py": b"right"}}
    assert repeated(files, solution) == (
        "two has the same files as one.",
        "three changes nothing in the solution.",
    )


def test_a_variant_runs_what_it_names_and_two_that_cannot_be_hit(lab_of: LabOf) -> None:
    lab = lab_of(a={}, b={"needs": "a"}, c={}, d={}, e={})
    assert to_run(lab, variant("a"), 0) == ["a", "c", "d"]
    assert to_run(lab, variant("a"), 1) == ["a", "c", "e"]
    assert to_run(lab, variant("a b c d e"), 0) == ["a", "b", "c", "d", "e"]


TESTS = """
@pytest.fixture
def says(pytestconfig):
    folder = pytestconfig.pluginmanager.get_plugin("netlab-checkpoints").settings.folder
    return (folder / "server.py").read_text()

@checkpoint("greets")
async def test_greets(says):
    if "hello" not in says: raise CheckpointFailed("hello", says)

@checkpoint("leaves")
async def test_leaves(says):
    if "bye" not in says: raise CheckpointFailed("bye", says)
"""


@pytest.fixture
def provable(lab_of: LabOf) -> Callable[..., Lab]:
    """A lab whose programs are one text each; `wrong` gives each variant its text and its table."""

    def make(solution: str = "hello bye", starter: str = "hello", **wrong: tuple[str, str]) -> Lab:
        lab = replace(lab_of(TESTS, greets={}, leaves={}), starter=StarterModel(("greets",), ("leaves",)))
        files = {"solution": solution, "starter": starter, "right/loud": "hello! bye!"}
        files |= {f"wrong/{name}": text for name, (text, _) in wrong.items()}
        for folder, content in files.items():
            (lab.path / folder).mkdir(parents=True, exist_ok=True)
            (lab.path / folder / "server.py").write_text(content)
        tables = (f'[{name}]\nmistake = "{name}"\n{table}\n' for name, (_, table) in wrong.items())
        (lab.wrong_folder / "variants.toml").write_text("".join(tables))
        return lab

    return make


SILENT = ("bye", 'must = ["greets"]\nmessage = "hello"')
STAYS = ("hello", 'must = ["leaves"]')


async def test_a_lab_that_proves(provable: Callable[..., Lab], loopback: Capability) -> None:
    lab = provable(silent=SILENT, stays=STAYS)
    told: list[Any] = []
    proof = await prove(lab, capability=loopback, on_run=told.append)
    assert [run.name for run in proof.runs] == ["solution", "starter", "right/loud", "wrong/silent", "wrong/stays"]
    assert [run.problems for run in proof.runs] == [()] * 5
    assert (proof.proven, proof.exit_code) == (True, 0)
    assert sorted(told, key=id) == sorted(proof.runs, key=id)


async def test_a_lab_that_does_not(provable: Callable[..., Lab], loopback: Capability) -> None:
    lab = provable(solution="hello", silent=("hello again", 'must = ["greets"]'))
    proof = await prove(lab, capability=loopback, everything=True)
    assert proof.problems == ("leaves is needed by no wrong variant.",)
    assert [len(run.problems) for run in proof.runs] == [1, 0, 0, 2]
    assert proof.exit_code == 1
    assert proof.runs[0].problems == ("leaves should be passed, but is failed: expected bye; got hello",)


async def test_a_claim_that_nothing_shows(provable: Callable[..., Lab], loopback: Capability) -> None:
    lab = provable(silent=SILENT, stays=STAYS)
    (lab.path / "guide.md").write_text("It says hello. <!-- claim: says-hello -->")
    proof = await prove(lab, capability=loopback)
    assert proof.problems == ("The claim says-hello has no assertion in test_claims.py.",)
    assert proof.exit_code == 1


async def test_what_this_machine_cannot_show_is_not_proven(provable: Callable[..., Lab], loopback: Capability) -> None:
    lab = provable(silent=SILENT, stays=STAYS)
    (lab.path / "guide.md").write_text("It says hello. <!-- claim: says-hello -->")
    lab.claims_file.write_text(HEAD + '@claim("says-hello")\nasync def test_says_hello(): pass')
    proof = await prove(lab, capability=loopback)
    assert (proof.problems, proof.claims, proof.exit_code) == ((), (Verdict.UNAVAILABLE,), 3)
