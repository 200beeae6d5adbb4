"""Reads `answers.toml` in the learner's folder: what they predict.

    tcp-frames-before-data = 3         # a number
    time-wait-side = "server"          # one of the choices
    time-wait-survives-exit = "yes"    # yes or no; true and false will do

Predictions are never required, so a file that cannot be read costs no verdict: its first mistake is told in one line.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netlab.courseware.model import Lab, PredictionKind, PredictionModel
from netlab.courseware.naming import suggestion

FILE = "answers.toml"

Answer = str | int | float


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by prediction, in the form that it is judged in: `yes`, a choice in English, a number."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    problem: str = ""
    """The first thing in the file that cannot be used: file, key, and what was meant."""


def load_answers(lab: Lab, folder: Path) -> Answers:
    """The answers in that folder; none where there is no file, or in a file that is not TOML."""
    try:
        text = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return Answers()
    except (OSError, UnicodeDecodeError) as error:
        return Answers(problem=f"{FILE} cannot be read: {error}.")
    try:
        return _answers(lab, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return Answers(problem=f'{FILE}: {error}. One answer a line, a word in quotes: prediction = "yes"')


def _answers(lab: Lab, values: Mapping[str, Any]) -> Answers:
    predictions = {prediction.id: prediction for prediction in lab.predictions}
    given: dict[str, Answer] = {}
    problems = []
    for key, value in values.items():
        answer = as_answer(predictions[key], value) if key in predictions else None
        if answer is not None:
            given[key] = answer
        elif key in predictions:
            problems.append(f"{FILE}: {key} is {_shown(value)}. The answer is {_meant(predictions[key], value)}")
        else:
            problems.append(f'{FILE}: {lab.id} has no prediction "{key}". {suggestion(key, predictions)}')
    return Answers(given, problems[0] if problems else "")


def with_answer(text: str, prediction: PredictionModel, answer: Answer) -> str:
    """The file's text with that answer in it: in the place of an earlier one, of one in a comment, else at the end."""
    line = f"{prediction.id} = {json.dumps(answer, ensure_ascii=False)}"
    place = re.compile(rf"^\s*(?:#\s*)?{re.escape(prediction.id)}\s*=")
    lines = text.splitlines()
    at = next((n for n, one in enumerate(lines) if place.match(one)), len(lines))
    return "\n".join([*lines[:at], line, *lines[at + 1 :]]) + "\n"


def as_answer(prediction: PredictionModel, value: object) -> Answer | None:
    """The answer in the one form that it is judged in, or None where the value is no answer to the question."""
    match prediction.kind:
        case PredictionKind.NUMBER:
            return _number(value)
        case PredictionKind.YES_NO:
            return _one_of({"yes": "yes", "no": "no", "true": "yes", "false": "no", "是": "yes", "否": "no"}, value)
        case PredictionKind.CHOICE:
            words = zip(prediction.choices_zh, prediction.choices, strict=False)
            return _one_of({choice.casefold(): choice for choice in prediction.choices} | dict(words), value)


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _one_of(answers: Mapping[str, str], value: object) -> str | None:
    return answers.get(str(value).strip().casefold()) if isinstance(value, str | bool) else None


def _meant(prediction: PredictionModel, value: object) -> str:
    if prediction.kind is PredictionKind.NUMBER:
        quoted = isinstance(value, str) and value.strip().isdecimal()
        return "a number, without quotes." if quoted else "a number."
    choices = prediction.choices or ("yes", "no")
    return " or ".join(f'"{choice}"' for choice in choices) + "."


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
