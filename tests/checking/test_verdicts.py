"""The JSON object is the one that design.md fixes, and the exit code is the first that applies."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from netlab.checking.verdicts import (
    CheckpointResult,
    LabReport,
    PredictionResult,
    PredictionVerdict,
    Verdict,
    Versions,
    exit_code,
)

PASSED = CheckpointResult("listens", "It listens", "在听", Verdict.PASSED, points=3, seconds=0.21234)
FAILED = replace(
    PASSED,
    id="ends-on-88",
    verdict=Verdict.FAILED,
    expected='"88"',
    got='"89"',
    where="server.py:18",
    evidence=("frame 12",),
    hint="Look at 88.",
    points=1,
)
ERRORED = replace(PASSED, verdict=Verdict.ERRORED)
BLOCKED = replace(PASSED, verdict=Verdict.BLOCKED)
UNAVAILABLE = replace(PASSED, verdict=Verdict.UNAVAILABLE)
OUT_OF_TIME = replace(FAILED, out_of_time=True)


def report(*results: CheckpointResult, **options: Any) -> LabReport:
    return LabReport("chat-server", "private", Versions("0.1.0", "1", "3.11.7", "/usr/bin/python3"), results, **options)


def unscored(result: CheckpointResult) -> CheckpointResult:
    return replace(result, scored=False)


def test_the_json_object_is_the_one_of_the_design() -> None:
    prediction = PredictionResult("frames", PredictionVerdict.WRONG, answer=2, measured=3)
    whole = report(PASSED, FAILED, seconds=2.1, predictions=(prediction,))
    assert json.loads(json.dumps(whole.as_json())) == {
        "schema": 1,
        "lab": "chat-server",
        "passed": False,
        "network": "private",
        "seconds": 2.1,
        "score": {"earned": 3, "possible": 4},
        "checkpoints": [
            {
                "id": "listens",
                "title": "It listens",
                "verdict": "passed",
                "expected": "",
                "got": "",
                "where": "",
                "evidence": [],
                "hint": "",
                "points": 3,
                "seconds": 0.212,
            },
            {
                "id": "ends-on-88",
                "title": "It listens",
                "verdict": "failed",
                "expected": '"88"',
                "got": '"89"',
                "where": "server.py:18",
                "evidence": ["frame 12"],
                "hint": "Look at 88.",
                "points": 1,
                "seconds": 0.212,
            },
        ],
        "predictions": [{"id": "frames", "verdict": "wrong", "answer": 2, "measured": 3}],
        "versions": {"netlab": "0.1.0", "lab": "1"},
        "python": {"version": "3.11.7", "executable": "/usr/bin/python3"},
    }


def test_what_is_not_scored_counts_for_nothing() -> None:
    shown_only = report(PASSED, unscored(FAILED))
    assert shown_only.passed
    assert (shown_only.earned, shown_only.possible) == (3, 3)
    assert shown_only.as_json()["checkpoints"][1]["points"] == 0


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ([PASSED], 0),
        ([PASSED, unscored(FAILED), unscored(UNAVAILABLE)], 0),
        ([PASSED, UNAVAILABLE], 3),
        ([UNAVAILABLE, OUT_OF_TIME], 4),
        ([PASSED, unscored(OUT_OF_TIME)], 4),
        ([OUT_OF_TIME, UNAVAILABLE, FAILED], 1),
        ([PASSED, BLOCKED], 1),
        ([FAILED, OUT_OF_TIME, ERRORED], 2),
        ([PASSED, unscored(ERRORED)], 2),
    ],
)
def test_the_exit_code_is_the_first_that_applies(results: list[CheckpointResult], code: int) -> None:
    assert exit_code([report(*results)]) == code
    assert exit_code([report(result) for result in results]) == code


def test_a_prerequisite_that_is_not_shown_counts_for_the_exit_code() -> None:
    assert exit_code([report(BLOCKED, unreported=(ERRORED,))]) == 2
