"""`netlab prove`: shows that a lab's checkpoints accept what is right and reject what is wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from netlab.checking.proofs import ProofReport, ProvenRun
from netlab.checking.prove import SIDE_BY_SIDE, prove
from netlab.cli.common import lab_argument, language_option, network_or_refusal, python_option
from netlab.cli.diagnostics import ExitCode
from netlab.cli.output import emit, paint
from netlab.courseware.course import load_course
from netlab.courseware.model import Lab
from netlab.courseware.validation import check_files

_WORST_FIRST = (ExitCode.USAGE, ExitCode.FAILED, ExitCode.UNAVAILABLE)


@click.command("prove")
@lab_argument("labs", metavar="[LAB]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every checkpoint on every variant, not only those it names.")
@click.option("--jobs", type=click.IntRange(min=1), default=SIDE_BY_SIDE, metavar="N", show_default=True,
              help="How many programs are checked side by side.")  # fmt: skip
@python_option
@language_option
def command(labs: tuple[str, ...], everything: bool, jobs: int, python: Path | None) -> int:
    """Show that checkpoints accept and reject what they must; with no LAB, of the whole course.

    The solution and every other right program passes, the starter does what lab.toml says of it, and each wrong variant
    is caught by the checkpoints that it names. What the guide claims of a run is shown by one.
    """
    course = load_course()
    codes = {_prove(course.find(name), everything, jobs, python) for name in labs or [h.id for h in course.heads]}
    return next((code for code in _WORST_FIRST if code in codes), ExitCode.OK)


def _prove(lab: Lab, everything: bool, jobs: int, python: Path | None) -> int:
    check_files(lab)
    capability = network_or_refusal()
    emit(f"{paint(lab.id, 'bold')}  {'private network' if capability.private else 'loopback: without the wire'}")
    limit = asyncio.Semaphore(jobs)
    report = asyncio.run(
        prove(lab, capability=capability, python=python, everything=everything, limit=limit, on_run=_tell_run)
    )
    _tell_end(report)
    return report.exit_code


def _tell_run(run: ProvenRun) -> None:
    emit(f"{paint('NOT SO', 'red') if run.problems else paint('ok', 'green'):6}  {run.name}")
    for problem in run.problems:
        _tell_problem(problem)


def _tell_problem(problem: str) -> None:
    for line in problem.splitlines():
        emit(f"        {line}")


def _tell_end(report: ProofReport) -> None:
    for problem in report.problems:
        emit(paint("NOT SO", "red"))
        _tell_problem(problem)
    bad = len(report.problems) + sum(bool(run.problems) for run in report.runs)
    if report.proven:
        claims = f" and {len(report.claims)} claims of its guide" if report.claims else ""
        emit(paint(f"{report.lab} is proven by {len(report.runs)} sets of programs{claims}", "bold", "green"))
    elif bad:
        emit(paint(f"{report.lab} is not proven: {bad} of its programs or rules do not hold", "bold", "yellow"))
    else:
        emit(paint(f"{report.lab} cannot be proven here: netlab doctor says what is missing", "bold", "yellow"))
