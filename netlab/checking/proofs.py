"""What must hold for a lab to be proven, judged over the reports of its runs. Pure; `prove.py` does the running.

The solution and every further right one pass everything, the starter does what lab.toml says of it, every wrong variant
is caught by the checkpoints that must catch it and by no other, and every scored checkpoint is needed by some variant.
Every prediction has a second scene in which another answer is right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from netlab.checking.outcomes import Outcome
from netlab.checking.verdicts import Answer, CheckpointResult, LabReport, Verdict
from netlab.courseware.answers import as_answer
from netlab.courseware.model import CheckpointModel, Lab, PredictionModel
from netlab.courseware.variants import Variant

CONTROLS = 2
"""How many checkpoints that must pass a variant runs, where it does not run all."""

STOPPED = (Verdict.FAILED, Verdict.BLOCKED)
FINE = (Verdict.PASSED, Verdict.BLOCKED)
"""Outside `must` and `may`: what is blocked stands on one that failed, and that one is judged itself."""


@dataclass(frozen=True, slots=True)
class ProvenRun:
    """One set of programs that was checked, and what should not have come out."""

    name: str
    """`solution`, `starter`, `right/NAME` or `wrong/NAME`."""
    report: LabReport
    problems: tuple[str, ...]
    """A sentence each."""


@dataclass(frozen=True, slots=True)
class ProofReport:
    """Whether a lab's checkpoints accept and reject what they must."""

    lab: str
    runs: tuple[ProvenRun, ...]
    problems: tuple[str, ...]
    """Those that no run shows: a sentence each."""
    claims: tuple[Verdict, ...] = ()
    """Of the assertions of what the guide claims."""

    @property
    def proven(self) -> bool:
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """As that of a check: 2 a checkpoint errored, 1 something does not hold, 3 this machine cannot tell."""
        verdicts = {result.verdict for run in self.runs for result in run.report.checkpoints} | {*self.claims}
        if Verdict.ERRORED in verdicts:
            return 2
        if self.problems or any(run.problems for run in self.runs):
            return 1
        return 3 if Verdict.UNAVAILABLE in verdicts else 0


def judge_right(report: LabReport) -> tuple[str, ...]:
    """A solution passes everything."""
    return _unexpected(report.checkpoints, (Verdict.PASSED,))


def judge_starter(lab: Lab, report: LabReport) -> tuple[str, ...]:
    """The starter passes and fails what lab.toml says."""
    results = _by_id(report)
    return (
        *_unexpected([results[i] for i in lab.starter.passes if i in results], (Verdict.PASSED,)),
        *_unexpected([results[i] for i in lab.starter.fails if i in results], STOPPED),
    )


def judge_variant(variant: Variant, report: LabReport) -> tuple[str, ...]:
    """A wrong variant is caught by all that must catch it, in the words that it names, and by no others."""
    results = _by_id(report)
    must = [results[checkpoint] for checkpoint in variant.must]
    others = [r for r in report.checkpoints if r.id not in (*variant.must, *variant.may)]
    return (
        *_unexpected(must, (Verdict.FAILED,)),
        *_unexpected(others, FINE),
        *_unexpected([results[i] for i in variant.may if i in results], (*FINE, Verdict.FAILED)),
        *_unsaid(variant, must),
    )


def needless(lab: Lab, variants: Iterable[Variant]) -> tuple[str, ...]:
    """Scored checkpoints that no variant must be caught by: nothing shows that they can fail."""
    needed = {checkpoint for variant in variants for checkpoint in variant.must}
    return tuple(f"{c.id} is needed by no wrong variant." for c in lab.checkpoints if c.scored and c.id not in needed)


def repeated(files: Mapping[str, Mapping[str, bytes]], solution: Mapping[str, bytes]) -> tuple[str, ...]:
    """Variants, by name, whose files are those of an earlier one or change nothing in the solution."""
    problems: list[str] = []
    names = list(files)
    for n, name in enumerate(names):
        problems += [f"{name} has the same files as {other}." for other in names[:n] if files[other] == files[name]]
        if files[name].items() <= solution.items():
            problems.append(f"{name} changes nothing in the solution.")
    return tuple(problems)


def unproven(lab: Lab, measured: Mapping[tuple[str, str], Outcome]) -> tuple[str, ...]:
    """Predictions whose measurement over the solution, by prediction and scene, does not show that it can differ."""
    problems: list[str] = []
    for prediction in lab.predictions:
        scenes = {scene: outcome for (name, scene), outcome in measured.items() if name == prediction.id}
        problems += _unmeasured(prediction, scenes)
        values = [outcome.measured for outcome in scenes.values() if outcome.verdict is Verdict.PASSED]
        if len(values) == len(scenes) > 0 and len(set(values)) < 2:
            problems.append(f"{prediction.id} has no second scene in which the right answer is not {values[0]}.")
    return tuple(problems)


def _unmeasured(prediction: PredictionModel, scenes: Mapping[str, Outcome]) -> list[str]:
    problems = []
    for scene, outcome in scenes.items():
        name = f'{prediction.id} in "{scene}"' if scene else prediction.id
        if outcome.verdict not in (Verdict.PASSED, Verdict.UNAVAILABLE):
            problems.append(f"{name} should be measured, but {outcome.verdict}: {outcome.got}")
        elif outcome.verdict is Verdict.PASSED and not _answers(prediction, outcome.measured):
            problems.append(f"{name} measured {outcome.measured!r}, which is no answer to it.")
    return problems


def _answers(prediction: PredictionModel, measured: Answer) -> bool:
    return measured is not None and as_answer(prediction, measured) == measured


def to_run(lab: Lab, variant: Variant, number: int) -> list[str]:
    """What a variant runs by default: the checkpoints that must catch it, and two that must pass.

    Which two goes on with the variant's `number`, so that the variants of a lab together use all. Those that may fail
    besides are left out: they cannot come out wrong.
    """
    others = [c.id for c in lab.checkpoints if not _stands_on(lab, c, {*variant.must, *variant.may})]
    controls = {others[(number * CONTROLS + n) % len(others)] for n in range(CONTROLS)} if others else set()
    return [c.id for c in lab.checkpoints if c.id in {*variant.must, *controls}]


def _stands_on(lab: Lab, checkpoint: CheckpointModel, ids: Collection[str]) -> bool:
    if checkpoint.id in ids:
        return True
    return bool(checkpoint.needs) and _stands_on(lab, lab.checkpoint(checkpoint.needs), ids)


def _by_id(report: LabReport) -> dict[str, CheckpointResult]:
    return {result.id: result for result in report.checkpoints}


def _unexpected(results: Iterable[CheckpointResult], verdicts: Collection[Verdict]) -> tuple[str, ...]:
    """A sentence for each with another verdict; what this machine cannot judge is no problem of the lab's."""
    accepted = (*verdicts, Verdict.UNAVAILABLE)
    wanted = " or ".join(verdict.value for verdict in verdicts)
    return tuple(f"{r.id} should be {wanted}, but is {_verdict(r)}" for r in results if r.verdict not in accepted)


def _verdict(result: CheckpointResult) -> str:
    if result.verdict is Verdict.PASSED:
        return "passed."
    expected = f" expected {result.expected};" if result.expected else ""
    return f"{result.verdict}:{expected} got {result.got or 'nothing'}"


def _unsaid(variant: Variant, must: Iterable[CheckpointResult]) -> tuple[str, ...]:
    failed = [result for result in must if result.verdict is Verdict.FAILED]
    if not failed or any(variant.message in f"{r.expected}\n{r.got}\n{r.where}" for r in failed):
        return ()
    said = "\n".join(f"{r.id}: expected {r.expected}; got {r.got}" for r in failed)
    return (f'none of the checkpoints that caught it says "{variant.message}":\n{said}',)
