"""The marks of a lab's tests: whose judge, measurement or assertion each is, and how they are read off a test.

With `plugin.py`, this is all of checking that knows pytest.
"""

from __future__ import annotations

from typing import Any

import pytest

from netlab.checking.claims import claim_key
from netlab.checking.forecast import prediction_key

CHECKPOINT, PREDICTION, CLAIM = "netlab_checkpoint", "netlab_prediction", "netlab_claim"
MARKERS = (
    f"{CHECKPOINT}(id, deadline, port): the checkpoint that this test judges",
    f"{PREDICTION}(id, scene, deadline, port): the prediction it measures",
    f"{CLAIM}(id, scene, programs, deadline, port): the guide's claim that it shows to hold",
)
DEADLINE = 15.0
"""Seconds that a test has, unless its mark says otherwise."""


def checkpoint(checkpoint_id: str, *, deadline: float = DEADLINE, port: int | None = None) -> pytest.MarkDecorator:
    """Makes a test the judge of that checkpoint.

    It has `deadline` seconds. Its stage is on `port`, or on the lab's own where None is given. A text that it returns
    is what it has to show beside its pass.
    """
    return _decorator(CHECKPOINT)(checkpoint_id, deadline=deadline, port=port)


def prediction(
    prediction_id: str, *, scene: str = "", deadline: float = DEADLINE, port: int | None = None
) -> pytest.MarkDecorator:
    """Makes a test the measurement that answers to that prediction are held against: what it returns was measured.

    It returns a number, a choice as lab.toml has it, `yes` or `no`, or `Measured`; see `netlab.checks`. With a `scene`
    it is never held against an answer: it is a second scene, for `netlab prove`, in which the right answer is another
    one.
    """
    return _decorator(PREDICTION)(prediction_id, scene=scene, deadline=deadline, port=port)


def claim(
    claim_id: str,
    *,
    scene: str = "",
    programs: str = "solution",
    deadline: float = DEADLINE,
    port: int | None = None,
) -> pytest.MarkDecorator:
    """Makes a test the assertion of that claim of the guide, over a run of `programs`: `solution`, `starter`,
    `right/NAME` or `wrong/NAME`.

    Its fixture `played` is the `scene`, played; with `stage` or `trial` it plays for itself, on fresh hosts.
    """
    return _decorator(CLAIM)(claim_id, scene=scene, programs=programs, deadline=deadline, port=port)


def mark_of(item: pytest.Item) -> pytest.Mark | None:
    """Which of these marks a test has."""
    found = (item.get_closest_marker(name) for name in (CHECKPOINT, PREDICTION, CLAIM))
    return next((mark for mark in found if mark), None)


def is_claim(item: pytest.Item) -> bool:
    """Whether it is the assertion of a claim."""
    return item.get_closest_marker(CLAIM) is not None


def key_of(item: pytest.Item) -> str:
    """What the test is asked for by: a checkpoint's id, a prediction's key, a claim's."""
    mark = mark_of(item)
    if mark is None:
        return item.name
    name = str(mark.args[0])
    if mark.name == CLAIM:
        return claim_key(name)
    return prediction_key(name, str(mark.kwargs["scene"])) if mark.name == PREDICTION else name


def deadline_of(item: pytest.Item) -> float:
    """Seconds that the test has."""
    return float(option_of(item, "deadline", DEADLINE))


def option_of(item: pytest.Item, name: str, default: Any) -> Any:
    """What the test's mark says of this."""
    mark = mark_of(item)
    return mark.kwargs.get(name, default) if mark else default


def _decorator(name: str) -> pytest.MarkDecorator:
    mark: pytest.MarkDecorator = getattr(pytest.mark, name)
    return mark
