"""What a learner foresees, held against what the run of their own programs measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from netlab.checking.outcomes import Outcome
from netlab.checking.proofs import unproven
from netlab.checking.reports import predictions, text
from netlab.checking.runner import check, measure
from netlab.checking.verdicts import (
    Answer,
    LabReport,
    PredictionResult,
    PredictionVerdict,
    Verdict,
    Versions,
    exit_code,
)
from netlab.courseware.model import Lab, PredictionKind, PredictionModel
from netlab.errors import BrokenLabError
from netlab.network.entering import Capability

REPORT = LabReport("tiny", "private", Versions("", "", "", ""), ())

LabOf = Callable[..., Lab]

TESTS = """
@checkpoint("echo")
async def test_echo(): pass

@pytest.fixture
def count(pytestconfig):
    folder = pytestconfig.pluginmanager.get_plugin("netlab-checkpoints").settings.folder
    return int((folder / "server.py").read_text())

@prediction("frames")
async def test_frames(count): return count

@prediction("frames", scene="one is lost")
async def test_frames_with_a_loss(count): return count + 1
"""


@pytest.fixture
def asking(lab_of: LabOf) -> Callable[..., Lab]:
    """A lab that asks for a number: how many frames are there. Its program is that number, `answers` the answer."""

    def make(tests: str = TESTS, answers: str = "", program: str = "3", **options: Any) -> Lab:
        frames = PredictionModel("frames", "How many frames?", "几个帧？", PredictionKind.NUMBER, (), (), **options)
        lab = replace(lab_of(tests, echo={}), predictions=(frames,))
        (lab.solution_folder / "server.py").write_text(program)
        (lab.solution_folder / "answers.toml").write_text(answers)
        return lab

    return make


async def judged(lab: Lab, capability: Capability, **options: Any) -> tuple[PredictionVerdict, Answer, Answer, str]:
    report = await check(lab, lab.solution_folder, capability=capability, **options)
    assert exit_code([report]) == 0
    (one,) = report.predictions
    return one.verdict, one.answer, one.measured, one.why


@pytest.mark.parametrize(("program", "verdict"), [("3", "right"), ("4", "wrong")])
async def test_the_run_decides(asking: Callable[..., Lab], loopback: Capability, program: str, verdict: str) -> None:
    lab = asking(answers="frames = 3", program=program)
    assert await judged(lab, loopback) == (PredictionVerdict(verdict), 3, int(program), "")


async def test_an_answer_comes_with_the_frames_that_prove_it(asking: Callable[..., Lab], loopback: Capability) -> None:
    proven = "from netlab.checking.measured import Measured\n" + TESTS.replace(
        "return count\n", 'return Measured(count, ["frame 4", "frame 7"])\n'
    )
    lab = asking(proven, answers="frames = 3")
    report = await check(lab, lab.solution_folder, capability=loopback)
    (one,) = report.predictions
    assert (one.verdict, one.measured, one.evidence) == (PredictionVerdict.RIGHT, 3, ("frame 4", "frame 7"))
    assert predictions(report)[-1].endswith("you said 3, this run measured 3 (frame 4, frame 7)")
    assert one.as_json() == {"id": "frames", "verdict": "right", "answer": 3, "measured": 3}


async def test_what_is_not_answered_is_not_run(asking: Callable[..., Lab], loopback: Capability) -> None:
    lab = asking(TESTS.replace("return count\n", "os._exit(1)\n"))
    assert await judged(lab, loopback) == (PredictionVerdict.UNANSWERED, None, None, "")


@pytest.mark.parametrize(
    ("measuring", "why"),
    [
        ('raise CheckpointFailed("a listening server", "it ended")', "expected a listening server; got it ended"),
        ("return None", "the measurement returned nothing"),
        ("os._exit(1)", "the checking process ended with exit code 1"),
    ],
)
async def test_where_nothing_was_measured_nothing_is_judged(
    asking: Callable[..., Lab], loopback: Capability, measuring: str, why: str
) -> None:
    lab = asking(TESTS.replace("return count\n", measuring + "\n"), answers="frames = 3")
    assert await judged(lab, loopback, jobs=1) == (PredictionVerdict.UNANSWERED, 3, None, why)


async def test_what_needs_the_wire_is_not_measured_without(asking: Callable[..., Lab], loopback: Capability) -> None:
    lab = asking(answers="frames = 3", needs_wire=True)
    assert (await judged(lab, loopback))[2:] == (None, "This machine has no namespaces. Take another.")
    assert await measure(lab, lab.solution_folder, capability=loopback) == {}


async def test_a_bad_answer_costs_no_verdict(asking: Callable[..., Lab], loopback: Capability) -> None:
    lab = asking(answers="frames = three")
    report = await check(lab, lab.solution_folder, capability=loopback)
    assert report.passed
    assert text(report).splitlines()[2:5:2] == ["predictions", report.answers_problem]


async def test_only_some_checkpoints_leave_predictions_out(asking: Callable[..., Lab], loopback: Capability) -> None:
    lab = asking(answers="frames = 3")
    report = await check(lab, lab.solution_folder, capability=loopback, only=["echo"])
    assert report.predictions == ()


async def test_every_prediction_has_its_measurement(asking: Callable[..., Lab], loopback: Capability) -> None:
    lab = asking('@checkpoint("echo")\nasync def test_echo(): pass')
    with pytest.raises(BrokenLabError, match="prediction/frames has no test"):
        await check(lab, lab.solution_folder, capability=loopback)


def test_a_prediction_is_told_in_a_line() -> None:
    right = PredictionResult("frames", PredictionVerdict.RIGHT, 3, 3)
    others = (
        PredictionResult("side", PredictionVerdict.UNANSWERED, question="Which side?", question_zh="哪一边？"),
        PredictionResult("stays", PredictionVerdict.UNANSWERED, "yes", None, "the server\x1b ended"),
    )
    lines = predictions(replace(REPORT, predictions=(right, *others)))
    assert lines[1:] == [
        "predictions",
        "right       frames  you said 3, this run measured 3",
        "unanswered  side    Which side?",
        "unanswered  stays   you said yes; not measured: the server\\x1b ended",
    ]
    assert "未回答  side   哪一边？" in predictions(replace(REPORT, predictions=others), "zh")


async def test_a_second_scene_proves_that_the_answer_is_measured(
    asking: Callable[..., Lab], loopback: Capability
) -> None:
    lab = asking()
    measured = await measure(lab, lab.solution_folder, capability=loopback)
    assert {scene: outcome.measured for (_, scene), outcome in measured.items()} == {"": 3, "one is lost": 4}
    assert unproven(lab, measured) == ()


@pytest.mark.parametrize(
    ("scenes", "problem"),
    [
        ({"": 3}, "frames has no second scene in which the right answer is not 3."),
        ({"": 3, "loss": 3}, "frames has no second scene in which the right answer is not 3."),
        ({"": 3, "loss": None}, "frames in \"loss\" measured None, which is no answer to it."),
        ({"": "3", "loss": 4}, "frames measured '3', which is no answer to it."),
    ],
)  # fmt: skip
def test_what_does_not_prove_it(asking: Callable[..., Lab], scenes: dict[str, Answer], problem: str) -> None:
    measured = {("frames", scene): Outcome(Verdict.PASSED, measured=value) for scene, value in scenes.items()}
    assert problem in unproven(asking(), measured)


def test_a_measurement_that_fails_over_the_solution_proves_nothing(asking: Callable[..., Lab]) -> None:
    failed = Outcome(Verdict.FAILED, got="it ended")
    assert unproven(asking(), {("frames", ""): failed}) == ("frames should be measured, but failed: it ended",)
