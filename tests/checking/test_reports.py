"""What a reader sees in a plain terminal, and what a CI system reads."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as xml

from netlab.checking.difference import compared
from netlab.checking.junit import junit
from netlab.checking.reports import details, live_line, summary, text
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, Versions

PASSED = CheckpointResult("listens", "It listens", "它在监听", Verdict.PASSED, points=2, seconds=0.21)
WRONG = compared(b"88 is over", "88 是 over".encode())
FAILED = replace(
    PASSED,
    id="replies",
    verdict=Verdict.FAILED,
    expected=WRONG.expected,
    got=WRONG.got,
    where="server.py:18",
    evidence=("frame 12", "frame 13"),
    hint="Look again.",
    hint_zh="再看看。",
    points=1,
)
BLOCKED = CheckpointResult("reset", "It goes on", "", Verdict.BLOCKED, expected="replies to pass", got="replies failed")
ERRORED = replace(BLOCKED, verdict=Verdict.ERRORED, got='  File "x.py"\nKeyError: 1')
UNAVAILABLE = replace(BLOCKED, verdict=Verdict.UNAVAILABLE, got="There is no wire.")
REPORT = LabReport("chat-server", "private", Versions("0", "1", "3", "python"), (PASSED, FAILED, BLOCKED))


def test_a_report_has_lines_failures_in_full_and_the_count_last() -> None:
    assert (
        text(REPORT)
        == """\
ok           listens  It listens  0.2 s
FAILED       replies  It listens  0.2 s
blocked      reset    It goes on

FAILED       replies  It listens  0.2 s
    expected  "88 is over"
    got       "88 是 over"
                  ^ the first difference, after 3 bytes
    where     server.py:18
    evidence  frame 12, frame 13
    hint      Look again.

blocked      reset  It goes on
    why       replies failed

1 of 3 passed, 2 of 4 points"""
    )


def test_a_line_is_in_the_readers_language() -> None:
    assert live_line(PASSED) == "ok           listens  It listens  0.2 s"
    assert live_line(PASSED, "zh") == "通过    listens  它在监听  0.2 s"


def test_chinese_falls_back_to_the_english_title() -> None:
    assert live_line(BLOCKED, "zh") == "受阻    reset  It goes on"
    assert "提示  再看看。" in details(FAILED, "zh")


def test_the_loopback_is_said_before_the_count() -> None:
    assert summary(replace(REPORT, network="loopback")).splitlines()[0].startswith("on the loopback")


def test_a_programs_output_cannot_steer_the_terminal() -> None:
    hostile = replace(FAILED, got="\x1b]0;owned\x07\r\u202eabc\n[red]")
    assert r"got       \x1b]0;owned\x07\r\u202eabc" in details(hostile)
    assert "\n              [red]" in details(hostile)


def test_junit_tells_failures_errors_and_skips_apart() -> None:
    whole = replace(REPORT, checkpoints=(PASSED, FAILED, BLOCKED, ERRORED, UNAVAILABLE), seconds=1.5)
    suite = xml.fromstring(junit([whole]))[0]
    assert suite.attrib == {
        "name": "chat-server", "tests": "5", "failures": "1", "errors": "1", "skipped": "2", "time": "1.500",
    }  # fmt: skip
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["skipped"], ["error"], ["skipped"]]
    assert suite[1][0].get("message") == '"88 是 over"'
    assert suite[3][0].get("message") == "KeyError: 1"


def test_junit_has_what_a_pass_has_to_show_as_its_output() -> None:
    shows, quiet = (
        CheckpointResult(name, name, "", Verdict.PASSED, got=got) for name, got in (("a", "60 s"), ("b", ""))
    )
    suite = xml.fromstring(junit([replace(REPORT, checkpoints=(shows, quiet))]))[0]
    assert [case.findtext("system-out", "").split() for case in suite] == [["got", "60", "s"], []]


def test_junit_is_xml_whatever_a_program_printed() -> None:
    hostile = replace(FAILED, got="\x00\x1b<&>\ud800\uffff\r]]>")
    (suite,) = xml.fromstring(junit([replace(REPORT, checkpoints=(hostile,))]))
    assert r"\x00\x1b<&>\ud800\uffff\r]]>" in str(suite[0][0].text)
