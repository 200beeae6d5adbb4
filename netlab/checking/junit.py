"""A check's results as JUnit XML, as CI systems read it. Pure.

There is no standard; this is what pytest writes: https://github.com/testmoapp/junitxml.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never
from xml.etree import ElementTree as xml

from netlab.checking.reports import clean, details, tells
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict


def junit(reports: Iterable[LabReport]) -> str:
    """JUnit XML: one suite for each lab. Failed is a failure, errored an error, blocked and unavailable are skipped.

    What a checkpoint showed that passed is its output.
    """
    root = xml.Element("testsuites", name="netlab")
    for report in reports:
        root.append(_suite(report))
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(report: LabReport) -> xml.Element:
    verdicts = [result.verdict for result in report.checkpoints]
    suite = xml.Element(
        "testsuite",
        name=report.lab,
        tests=str(len(verdicts)),
        failures=str(verdicts.count(Verdict.FAILED)),
        errors=str(verdicts.count(Verdict.ERRORED)),
        skipped=str(verdicts.count(Verdict.BLOCKED) + verdicts.count(Verdict.UNAVAILABLE)),
        time=f"{report.seconds:.3f}",
    )
    suite.extend(_case(report, result) for result in report.checkpoints)
    return suite


def _case(report: LabReport, result: CheckpointResult) -> xml.Element:
    case = xml.Element("testcase", classname=report.lab, name=result.id, time=f"{result.seconds:.3f}")
    if tag := _tag(result.verdict):
        xml.SubElement(case, tag, message=_message(result), type=result.verdict.value).text = details(result)
    elif tells(result):
        xml.SubElement(case, "system-out").text = details(result)
    return case


def _message(result: CheckpointResult) -> str:
    """One line: of a traceback the last."""
    lines = clean(result.got).splitlines() or [""]
    return lines[-1] if result.verdict is Verdict.ERRORED else lines[0]


def _tag(verdict: Verdict) -> str:
    match verdict:
        case Verdict.PASSED:
            return ""
        case Verdict.FAILED:
            return "failure"
        case Verdict.ERRORED:
            return "error"
        case Verdict.BLOCKED | Verdict.UNAVAILABLE:
            return "skipped"
    assert_never(verdict)
