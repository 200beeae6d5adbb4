"""Which checkpoint runs next, and what a prerequisite that did not pass does to those that need it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from netlab.checking.outcomes import Outcome
from netlab.checking.verdicts import CheckpointResult, Verdict
from netlab.courseware.model import CheckpointModel, Lab


class Plan:
    """The checkpoints of one check, from waiting over running to settled. Prerequisites run first, reported or not."""

    def __init__(self, lab: Lab, only: Collection[str] | None = None, *, prerequisites: bool = True) -> None:
        """All checkpoints, or `only` some: with those that they need, unless these are known to pass."""
        self._lab = lab
        self._reported = {c.id for c in lab.checkpoints} if only is None else {lab.checkpoint(i).id for i in only}
        wanted = self._with_prerequisites(self._reported) if prerequisites else self._reported
        self._wanted = wanted
        self._waiting = [c for c in lab.checkpoints if c.id in wanted]
        self._results: dict[str, CheckpointResult] = {}
        self._running: set[str] = set()

    @property
    def waiting(self) -> int:
        """How many checkpoints are still to be handed out, prerequisites included."""
        return len(self._waiting)

    @property
    def finished(self) -> bool:
        """Nothing is left to hand out; something may still be running."""
        return not self._waiting

    def take(self) -> CheckpointModel | None:
        """The next checkpoint that can run now, which counts as running from here on."""
        for checkpoint in self._waiting:
            if checkpoint.needs not in self._wanted or checkpoint.needs in self._results:
                self._drop(checkpoint)
                self._running.add(checkpoint.id)
                return checkpoint
        return None

    def settle(self, checkpoint: CheckpointModel, outcome: Outcome) -> list[CheckpointResult]:
        """Notes the outcome. Returns what is new to report: this result, and those that it keeps from running."""
        self._drop(checkpoint)
        result = self._results[checkpoint.id] = result_of(checkpoint, outcome)
        new = [result] if checkpoint.id in self._reported else []
        if result.verdict is not Verdict.PASSED:
            for follower in [c for c in self._waiting if c.needs == checkpoint.id]:
                new += self.settle(follower, _kept_by(result))
        return new

    def run_out(self, got: str) -> list[CheckpointResult]:
        """The whole check ends here: whatever has no result fails for that. Returns the new results to report."""
        left = [c for c in self._lab.checkpoints if c in self._waiting or c.id in self._running]
        self._waiting, self._running = [], set()
        outcome = Outcome(Verdict.FAILED, expected="the whole check to end in time", got=got)
        self._results |= {c.id: result_of(c, outcome, out_of_time=True) for c in left}
        return [self._results[c.id] for c in left if c.id in self._reported]

    def results(self, *, reported: bool = True) -> tuple[CheckpointResult, ...]:
        """Those settled, in the lab's order: the ones to report, or the prerequisites that are not reported."""
        settled = [c.id for c in self._lab.checkpoints if c.id in self._results]
        return tuple(self._results[i] for i in settled if (i in self._reported) is reported)

    def _drop(self, checkpoint: CheckpointModel) -> None:
        self._waiting = [c for c in self._waiting if c.id != checkpoint.id]
        self._running.discard(checkpoint.id)

    def _with_prerequisites(self, ids: Iterable[str]) -> set[str]:
        """lab.toml names a prerequisite before whoever needs it, so one pass from the end meets them all."""
        wanted = set(ids)
        for checkpoint in reversed(self._lab.checkpoints):
            if checkpoint.id in wanted and checkpoint.needs:
                wanted.add(checkpoint.needs)
        return wanted


def result_of(checkpoint: CheckpointModel, outcome: Outcome, *, out_of_time: bool = False) -> CheckpointResult:
    """The outcome with what the lab says of its checkpoint. The hint is for who did not pass."""
    hinted = outcome.verdict in (Verdict.FAILED, Verdict.BLOCKED)
    return CheckpointResult(
        id=checkpoint.id,
        title=checkpoint.title,
        title_zh=checkpoint.title_zh,
        verdict=outcome.verdict,
        expected=outcome.expected,
        got=outcome.got,
        where=outcome.where,
        evidence=outcome.evidence,
        hint=checkpoint.hint if hinted else "",
        hint_zh=checkpoint.hint_zh if hinted else "",
        points=checkpoint.points,
        scored=checkpoint.scored,
        seconds=outcome.seconds,
        out_of_time=out_of_time,
    )


def _kept_by(prerequisite: CheckpointResult) -> Outcome:
    """What needs a thing that this machine lacks is not the learner's doing either."""
    if prerequisite.verdict is Verdict.UNAVAILABLE:
        return Outcome(Verdict.UNAVAILABLE, got=f"it needs {prerequisite.id}: {prerequisite.got}")
    return Outcome(Verdict.BLOCKED, f"{prerequisite.id} to pass first", f"{prerequisite.id} {prerequisite.verdict}")
