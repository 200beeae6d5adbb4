"""What a guide says of a run is shown by one: every claim has an assertion, in every language, and it holds."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace

import pytest

from netlab.checking.claims import unfounded
from netlab.checking.outcomes import PASSED, Outcome
from netlab.checking.runner import assert_claims, check
from netlab.checking.verdicts import Verdict
from netlab.courseware.claims import claims_in, load_claims, without_marks
from netlab.courseware.course import Course
from netlab.courseware.loading import load_lab
from netlab.courseware.making import make_lab
from netlab.courseware.model import Lab
from netlab.errors import BrokenLabError
from netlab.network.entering import Capability, probe
from tests.checking.conftest import HEAD

LabOf = Callable[..., Lab]

GUIDES = {"guide.md": ("first", "second"), "guide.zh.md": ("first", "second")}
HOLDING = {"first": PASSED, "second": PASSED}
CHECKPOINTS = '@checkpoint("echo")\nasync def test_echo(): pass'


@pytest.fixture
def claiming(lab_of: LabOf) -> LabOf:
    """A lab with these assertions; its one checkpoint passes."""

    def make(assertions: str) -> Lab:
        lab = lab_of(CHECKPOINTS, echo={})
        lab.claims_file.write_text(HEAD + textwrap.dedent(assertions))
        return lab

    return make


def test_nobody_sees_the_marks() -> None:
    text = "SYN comes\nfirst. <!-- claim: first -->\n\nThen data. <!--claim:second-->\n"
    assert without_marks(text) == "SYN comes\nfirst.\n\nThen data.\n"
    assert claims_in(text) == ("first", "second")


@pytest.mark.parametrize(
    ("guides", "outcomes", "problem"),
    [
        (GUIDES, {"first": PASSED}, "The claim second has no assertion in test_claims.py."),
        (GUIDES, HOLDING | {"third": PASSED}, "test_claims.py asserts third, which no guide claims."),
        (GUIDES | {"guide.zh.md": ("first",)}, HOLDING, "guide.zh.md does not mark the claim second."),
        (GUIDES | {"guide.md": ("first", "second", "first")}, HOLDING, "guide.md marks the claim first twice."),
        (
            GUIDES,
            HOLDING | {"first": Outcome(Verdict.FAILED, "3 frames", "2 frames")},
            "The claim first does not hold: expected 3 frames; got 2 frames",
        ),
        (
            GUIDES,
            HOLDING | {"first": Outcome(Verdict.ERRORED, got="it hung")},
            "The claim first does not hold: it hung",
        ),
    ],
)
def test_a_claim_that_is_not_founded(
    guides: dict[str, tuple[str, ...]], outcomes: dict[str, Outcome], problem: str
) -> None:
    assert unfounded(GUIDES, HOLDING) == ()
    assert unfounded(guides, outcomes) == (problem,)


async def test_an_assertion_tells_which_line_does_not_hold(claiming: LabOf) -> None:
    lab = claiming(
        """
        @claim("sum")
        async def test_sum(): assert 1 + 1 == 2

        @claim("wrong-sum")
        async def test_wrong_sum(): assert 1 + 1 == 3

        @claim("dies")
        async def test_dies(): os._exit(1)

        @claim("goes-on")
        async def test_goes_on(): pass
        """
    )
    outcomes = await assert_claims(lab, capability=Capability(private=True))
    assert [(claim, outcome.verdict.value) for claim, outcome in outcomes.items()] == [
        ("sum", "passed"), ("wrong-sum", "failed"), ("dies", "errored"), ("goes-on", "passed"),
    ]  # fmt: skip
    assert "assert 1 + 1 == 3" in outcomes["wrong-sum"].got


async def test_without_a_wire_nothing_is_shown(claiming: LabOf, loopback: Capability) -> None:
    lab = claiming('@claim("sum")\nasync def test_sum(): assert False')
    outcomes = await assert_claims(lab, capability=loopback)
    assert outcomes["sum"].verdict is Verdict.UNAVAILABLE


async def test_a_check_knows_nothing_of_them(claiming: LabOf, loopback: Capability) -> None:
    lab = claiming("raise SystemExit")
    assert (await check(lab, lab.solution_folder, capability=loopback)).passed
    with pytest.raises(BrokenLabError, match=r"test_claims\.py"):
        await assert_claims(lab, capability=loopback)


async def test_a_file_of_claims_has_each_once_and_nothing_else(claiming: LabOf, loopback: Capability) -> None:
    lab = claiming('@claim("sum")\nasync def test_sum(): pass\n@claim("sum")\nasync def test_again(): pass')
    with pytest.raises(BrokenLabError, match="claim/sum has 2 tests"):
        await assert_claims(lab, capability=loopback)
    lab = claiming(CHECKPOINTS)
    with pytest.raises(BrokenLabError, match="echo is no claim"):
        await assert_claims(lab, capability=loopback)


@pytest.mark.network
async def test_a_scene_is_played_for_the_claims_about_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("labs")
    lab = load_lab(make_lab(Course(place, ()), "hello", place))
    outcomes = await assert_claims(lab, capability=probe())
    assert outcomes == {claim: replace(PASSED, seconds=outcomes[claim].seconds) for claim in outcomes}
    assert unfounded(load_claims(lab), outcomes) == ()
