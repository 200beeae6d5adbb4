"""Processes start, are waited for, and never outlive netlab."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from netlab.errors import NetlabError, UnavailableError, UsageError
from netlab.processes import last_resort
from netlab.processes.spawning import PIPE, Process, run, spawn

IGNORES_TERM = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); sys.stdin.read()"
HAS_A_CHILD = "import os; os.fork() and print('forked'); os.read(os.pipe()[0], 1)"


def python(code: str, *, new_session: bool = False) -> Process:
    return spawn([sys.executable, "-u", "-c", code], stdin=PIPE, stdout=PIPE, new_session=new_session)


def first_line(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()


@pytest.mark.parametrize(
    ("code", "expected"),
    [("", 0), ("raise SystemExit(255)", 255), ("import os; os.kill(os.getpid(), 9)", -9)],
)
async def test_the_exit_code_comes_through(code: str, expected: int) -> None:
    process = spawn([sys.executable, "-c", code])
    assert await process.wait() == expected
    assert process.poll() == expected
    assert process not in last_resort.running()


async def test_several_may_wait_and_one_may_give_up() -> None:
    process = python("input()")
    impatient = asyncio.create_task(process.wait())
    patient = [asyncio.create_task(process.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    impatient.cancel()
    assert process.poll() is None
    process.close_streams()
    assert await asyncio.gather(*patient) == [1, 1, 1]


async def test_one_that_ignores_term_is_killed() -> None:
    process = python(IGNORES_TERM)
    assert first_line(process) == "ready"
    assert await process.end(grace=0.05) == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
async def test_a_session_ignores_nothing_that_netlab_was_told_to_ignore(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)  # as a shell does for a background job
    try:
        process = python(f"import os; os.kill(os.getpid(), {int(number)}); print('went on')", new_session=True)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert first_line(process) == ""
    await process.end()


async def test_ending_a_session_ends_its_children() -> None:
    process = python(HAS_A_CHILD, new_session=True)
    assert first_line(process) == "forked"
    held_by_both = os.dup(process.stdout.fileno())  # type: ignore[union-attr]
    await process.end()
    assert os.read(held_by_both, 1) == b"", "end of file: nobody has it open any more"
    os.close(held_by_both)


async def test_signalling_what_has_ended_is_no_error() -> None:
    process = spawn([sys.executable, "-c", ""], new_session=True)
    await process.wait()
    process.terminate()
    assert await process.end() == 0


def test_what_runs_at_exit_is_ended() -> None:
    code = """
import sys
from netlab.processes.spawning import PIPE, spawn
print(spawn([sys.executable, "-c", "input()"], stdin=PIPE).pid)
"""
    done = run([sys.executable, "-c", code])
    assert done.code == 0, done.stderr
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_a_helper_gets_its_input_and_its_output_comes_back() -> None:
    done = run(["sh", "-c", "cat; echo no >&2; exit 3"], input=b"yes")
    assert (done.code, done.stdout, done.stderr) == (3, b"yes", b"no\n")


def test_a_helper_that_takes_too_long_is_an_error() -> None:
    with pytest.raises(NetlabError, match=r"did not end within 0\.05 s"):
        run(["sh", "-c", "read _; read _ < /dev/zero"], timeout=0.05)


def test_a_missing_command_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnavailableError) as caught:
        run(["bwrap", "--version"])
    assert caught.value.remedy == "Install it: apt-get install bubblewrap"


def test_a_missing_folder_is_told_apart_from_a_missing_command(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        spawn([sys.executable], cwd=tmp_path / "nowhere")
