"""`netlab check`: runs checkpoints on the learner's programs, tells the verdicts, and remembers them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import click

from netlab.checking.junit import junit
from netlab.checking.runner import TIMEOUT, check
from netlab.checking.verdicts import CheckpointResult, LabReport, exit_code
from netlab.cli.common import (
    CheckpointName,
    folder_option,
    found_folder,
    lab_argument,
    language,
    language_option,
    network_or_refusal,
    progress,
    python_option,
)
from netlab.cli.diagnostics import complain
from netlab.cli.output import emit, emit_json
from netlab.cli.telling import Teller
from netlab.courseware.course import Course, load_course
from netlab.courseware.folders import WORK, near, work_folder
from netlab.courseware.model import Lab
from netlab.courseware.validation import check_files
from netlab.errors import UsageError
from netlab.network.entering import Capability
from netlab.progress.store import Progress
from netlab.replacing import replace_text


@dataclass(frozen=True, slots=True)
class How:
    """How the checkpoints are to be run, as the options say."""

    only: tuple[str, ...]
    jobs: int | None
    timeout: float
    python: Path | None
    capability: Capability


@click.command("check")
@lab_argument("labs", metavar="[LAB]...", nargs=-1)
@folder_option
@click.option("--only", multiple=True, type=CheckpointName(), metavar="ID", help="This checkpoint; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; an array for several labs.")
@click.option("--junit", "junit_file", type=click.Path(path_type=Path), metavar="FILE", help="JUnit XML as well.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many checkpoints run side by side.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=TIMEOUT, metavar="S", show_default=True,
              help="Seconds for the whole check of a lab.")  # fmt: skip
@python_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    labs: tuple[str, ...],
    directory: Path | None,
    only: tuple[str, ...],
    as_json: bool,
    junit_file: Path | None,
    jobs: int | None,
    timeout: float,
    python: Path | None,
) -> int:
    """Run checkpoints on your programs; with no LAB, those of every lab that you have begun here.

    Exit code: 0 all passed, 1 something failed, 2 wrong usage or a fault of ours, 3 this machine cannot do it, 4 out of
    time, 130 interrupted.
    """
    found = _labs(load_course(), labs)
    _refuse_what_fits_one_lab_only(found, directory, only)
    _refuse_unwritable(junit_file)
    how = How(_known(found[0], only), jobs, timeout, python, network_or_refusal())
    with progress() as kept:
        folders = [found_folder(lab, directory, kept) for lab in found]
        reports = [
            asyncio.run(check_lab(lab, folder, how, kept, None if as_json else Teller(lab, language(ctx))))
            for lab, folder in zip(found, folders, strict=True)
        ]
    for report in reports:
        if as_json and report.answers_problem:
            complain(report.answers_problem)
    _hand_over(reports, as_json, len(labs) == 1, junit_file)
    return exit_code(reports)


async def check_lab(lab: Lab, folder: Path, how: How, kept: Progress, teller: Teller | None) -> LabReport:
    """One check of one lab. Each verdict is remembered, and told, as it comes."""

    def on_result(result: CheckpointResult) -> None:
        kept.record_attempts(lab.id, lab.version, [(result.id, result.verdict.value)])
        if teller:
            teller.result(result)

    if teller:
        teller.begin(near(folder))
    report = await check(
        lab,
        folder,
        capability=how.capability,
        python=how.python,
        only=how.only or None,
        jobs=how.jobs,
        timeout=how.timeout,
        on_result=on_result,
    )
    for one in report.judged_predictions:
        kept.record_prediction(lab.id, one.id, str(one.answer), str(one.measured), one.verdict)
    if teller:
        teller.end(report)
    return report


def _labs(course: Course, names: tuple[str, ...]) -> list[Lab]:
    """The labs named, or those that have a folder below netlab-work/."""
    chosen = list(names) or [head.id for head in course.heads if work_folder(head).is_dir()]
    if not chosen:
        raise UsageError(f"No lab was named, and none is begun in {WORK}/ here.", "Begin one: netlab start chat-server")
    labs = [course.find(name) for name in dict.fromkeys(chosen)]
    for lab in labs:
        check_files(lab)
    return labs


def _refuse_what_fits_one_lab_only(labs: list[Lab], directory: Path | None, only: tuple[str, ...]) -> None:
    if len(labs) > 1 and (directory or only):
        raise UsageError(f"{'--dir' if directory else '--only'} is about one lab, and there are {len(labs)}.")


def _refuse_unwritable(file: Path | None) -> None:
    """Better now than after the check."""
    if file is not None and not file.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {file.parent} for --junit.")


def _known(lab: Lab, only: tuple[str, ...]) -> tuple[str, ...]:
    """The same ids, once each. Raises UsageError, with the nearest, for one that the lab does not have."""
    return tuple(lab.checkpoint(checkpoint_id).id for checkpoint_id in dict.fromkeys(only))


def _hand_over(reports: list[LabReport], as_json: bool, single: bool, junit_file: Path | None) -> None:
    if as_json:
        emit_json(reports[0].as_json() if single else [report.as_json() for report in reports])
    elif len(reports) > 1:
        passed = sum(report.passed for report in reports)
        emit(f"\n{passed} of {len(reports)} labs passed")
    if junit_file is not None:
        replace_text(junit_file, junit(reports))
