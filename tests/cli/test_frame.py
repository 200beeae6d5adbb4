"""What every command has: help, one line for what went wrong, the right exit code, and no traceback, ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_help_names_every_command(netlab: Run) -> None:
    done = netlab("--help")
    assert done.returncode == 0
    for command in (
        "labs",
        "start",
        "check",
        "watch",
        "run",
        "hint",
        "solution",
        "reset",
        "prove",
        "new",
        "doctor",
        "serve",
    ):
        assert f"\n  {command} " in done.stdout
        assert netlab(command, "-h").returncode == 0


def test_version(netlab: Run) -> None:
    assert netlab("--version").stdout.startswith("netlab 0.")


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["chekc"], '"chekc" is neither a command nor a lab.', "Did you mean check?"),
        (["chat-sever"], '"chat-sever" is neither a command nor a lab.', "Did you mean chat-server"),
        (["check", "chat-sever"], 'There is no lab "chat-sever".', "Did you mean chat-server?"),
        (["check", "chat-server"], "There is no folder netlab-work/02-chat-server.", "netlab start chat-server"),
        (["check"], "No lab was named", "netlab start"),
        (["labs", "--jsn"], "No such option", "netlab labs --help"),
        (["hint"], "Missing argument 'LAB'.", "netlab hint --help"),
        (["hint", "chat-server", "ends-on-8"], 'no checkpoint "ends-on-8"', "ends-on-88"),
        (["check", "./nowhere"], "There is no lab in nowhere", ""),
        (["chat-server"], "The workbench needs a terminal.", "netlab check LAB"),
        (["new", "Not An Id"], "is no id for a lab", "Small letters"),
    ],
)
def test_wrong_usage_is_one_line_and_a_remedy(netlab: Run, arguments: list[str], message: str, remedy: str) -> None:
    done = netlab(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    first, *others = done.stderr.splitlines()
    assert first.startswith("netlab: ")
    assert message in first
    assert remedy in " ".join(others)
    assert len(others) <= 1


def test_a_fault_of_ours_goes_to_a_file_and_not_to_the_screen(netlab: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import netlab.courseware.course as course\n"
        "def load_course():\n"
        "    raise ZeroDivisionError('ours')\n"
        "course.load_course = load_course\n"
    )
    done = netlab("labs", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "a fault of netlab itself: ZeroDivisionError: ours" in done.stderr
    (report,) = (home / "data" / "state" / "faults").iterdir()
    assert str(report) in done.stderr
    assert "Traceback" in report.read_text()


def test_a_reader_that_leaves_is_no_error(environment: dict[str, str], work: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "netlab", "labs"]
    done = subprocess.run(command, cwd=work, env=environment, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_output_is_utf8_in_every_locale_and_plain_where_nobody_looks(netlab: Run) -> None:
    done = netlab("--lang", "zh", "labs", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "聊天" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "NETLAB_LANG": "en"}, False),
        ({"LANG": "C", "NETLAB_LANG": "zh"}, True),
        ({}, False),
    ],
)
def test_the_language_comes_from_the_variable_and_then_the_locale(
    netlab: Run, variables: dict[str, str], chinese: bool
) -> None:
    assert ("聊天" in netlab("labs", **variables).stdout) is chinese


def test_labs_and_commands_are_completed(netlab: Run) -> None:
    def completed(*words: str) -> list[str]:
        variables = {"COMP_WORDS": " ".join(["netlab", *words]), "COMP_CWORD": str(len(words))}
        lines = netlab(_NETLAB_COMPLETE="bash_complete", **variables).stdout.split()
        return [line.partition(",")[2] for line in lines]

    assert "chat-server" in completed("check", "ch")
    assert completed("c") == ["check", "chat-server"]
    assert "ends-on-88" in completed("hint", "chat-server", "ends")


HEADLESS = [
    ["labs"],
    ["labs", "--json"],
    ["start", "chat-server"],
    ["hint", "chat-server"],
    ["solution", "chat-server", "--yes"],
    ["reset", "chat-server", "--yes"],
    ["doctor", "--json"],
    ["new", "fresh", "--dir", "."],
    ["check", "chat-server", "--only", "listens"],
    ["run", "chat-server"],
    ["prove", "--help"],
    ["watch", "--help"],
]

LOOK = """
import sys
from netlab.cli import main
try:
    main()
finally:
    print("\\n" + " ".join(n for n in ("textual", "rich", "pytest", "_pytest", "netlab.app") if n in sys.modules) + "|")
"""


@pytest.mark.parametrize("arguments", HEADLESS, ids=" ".join)
def test_no_headless_command_loads_the_app_or_pytest(
    netlab: Run, environment: dict[str, str], work: Path, arguments: list[str]
) -> None:
    if arguments[0] != "start":
        netlab("start", "chat-server")
    command = [sys.executable, "-c", LOOK, *arguments]
    here = environment | {"NETLAB_NETWORK": "loopback"}  # `run` would become another process to go inside
    done = subprocess.run(command, cwd=work, env=here, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.stdout.splitlines()[-1] == "|", done.stderr
