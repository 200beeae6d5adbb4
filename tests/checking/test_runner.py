"""Whole checks, in real pytest children, over a lab that needs no network."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netlab.checking.reports import text
from netlab.checking.runner import check
from netlab.checking.verdicts import CheckpointResult, LabReport, Verdict, exit_code
from netlab.courseware.model import Lab
from netlab.errors import BrokenLabError, UsageError
from netlab.network.entering import Capability

LabOf = Callable[..., Lab]


def one(report: LabReport, checkpoint: str) -> CheckpointResult:
    return next(result for result in report.checkpoints if result.id == checkpoint)


async def test_what_a_test_says_is_the_verdict(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        @checkpoint("passes")
        async def test_passes(): print("a learner's print, or ours")

        @checkpoint("fails")
        async def test_fails(): raise CheckpointFailed("hello", "nothing", "server.py:3", ["frame 4"])

        @checkpoint("deep")
        async def test_deep():
            async with asyncio.TaskGroup() as group:
                group.create_task(test_fails())

        @checkpoint("errs")
        async def test_errs(): assert "netlab" == "right"

        @checkpoint("lacks")
        async def test_lacks(): raise CheckpointUnavailable("There is no IPv6.", "Turn it on.")

        @checkpoint("skips")
        async def test_skips(): pytest.skip("not here")

        @checkpoint("misses")
        async def test_misses(): raise UsageError("wire.toml:3: no such field.", "Did you mean to?")
        """,
        passes={}, fails={"points": 2}, deep={}, errs={}, lacks={}, skips={}, misses={},
    )  # fmt: skip
    told: list[CheckpointResult] = []
    report = await check(lab, lab.solution_folder, capability=loopback, on_result=told.append)

    assert [result.verdict.value for result in report.checkpoints] == [
        "passed", "failed", "failed", "errored", "unavailable", "unavailable", "failed",
    ]  # fmt: skip
    failed = one(report, "fails")
    assert (failed.expected, failed.got, failed.where) == ("hello", "nothing", "server.py:3")
    assert (failed.evidence, failed.points, failed.hint) == (("frame 4",), 2, "Think about fails.")
    errored = one(report, "errs").got
    assert 'assert "netlab" == "right"' in errored
    assert errored.endswith("AssertionError")
    assert one(report, "misses").got == "wire.toml:3: no such field. Did you mean to?"
    assert one(report, "lacks").got == "There is no IPv6. Turn it on."
    assert sorted(told, key=repr) == sorted(report.checkpoints, key=repr)
    assert (report.lab, report.network, report.versions.lab) == ("tiny", "loopback", "7")


async def test_what_a_test_returns_is_shown_beside_its_pass(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of('@checkpoint("tells")\nasync def test_tells(): return "for 59.9 s more"', tells={"scored": False})
    report = await check(lab, lab.solution_folder, capability=loopback)
    assert (one(report, "tells").verdict, one(report, "tells").got) == (Verdict.PASSED, "for 59.9 s more")
    assert "got       for 59.9 s more" in text(report)


async def test_running_out_of_the_deadline_is_a_failure_with_what_went_on(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        class Stage:
            programs = ()
            def activity(self): return "server.py:18 recv() is waiting"

        @pytest.fixture
        def stage(): return Stage()

        @pytest.fixture
        def hands(stage): return stage

        @checkpoint("waits", deadline=0.05)
        async def test_waits(hands): await asyncio.Event().wait()

        @checkpoint("next")
        async def test_next(): pass
        """,
        waits={},
        next={},
    )
    report = await check(lab, lab.solution_folder, capability=loopback, jobs=1)
    waited = one(report, "waits")
    assert waited.verdict is Verdict.FAILED
    assert (waited.expected, waited.got) == ("the checkpoint to end within 0.05 s", "server.py:18 recv() is waiting")
    assert one(report, "next").verdict is Verdict.PASSED


async def test_clean_up_that_goes_wrong_is_ours(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        @pytest.fixture
        async def stage():
            yield
            raise RuntimeError("left over")

        @checkpoint("fine")
        async def test_fine(stage): pass
        """,
        fine={},
    )
    report = await check(lab, lab.solution_folder, capability=loopback)
    assert one(report, "fine").verdict is Verdict.ERRORED
    assert "left over" in one(report, "fine").got


async def test_a_failure_blocks_and_only_runs_prerequisites_unreported(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        @checkpoint("first")
        async def test_first(): raise CheckpointFailed("a", "b")

        @checkpoint("second")
        async def test_second(): pass

        @checkpoint("other")
        async def test_other(): raise RuntimeError
        """,
        first={}, second={"needs": "first"}, other={},
    )  # fmt: skip
    started: list[str] = []
    report = await check(
        lab,
        lab.solution_folder,
        capability=loopback,
        only=["second"],
        on_started=lambda checkpoint: started.append(checkpoint.id),
    )
    assert started == ["first"]
    assert [(r.id, r.verdict, r.got) for r in report.checkpoints] == [("second", Verdict.BLOCKED, "first failed")]
    assert exit_code([report]) == 1


async def test_a_child_that_dies_costs_one_checkpoint(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        @checkpoint("dies")
        async def test_dies():
            os.write(2, b"last words")
            os._exit(9)

        @checkpoint("next")
        async def test_next(): pass
        """,
        dies={},
        next={},
    )
    report = await check(lab, lab.solution_folder, capability=loopback, jobs=1)
    assert one(report, "dies").verdict is Verdict.ERRORED
    assert one(report, "dies").got == "the checking process ended with exit code 9\nlast words"
    assert one(report, "next").verdict is Verdict.PASSED


async def test_a_child_that_hangs_is_ended(
    lab_of: LabOf, loopback: Capability, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netlab.checking.child.OVERTIME", 0.2)
    lab = lab_of(
        """
        @checkpoint("hangs", deadline=0.1)
        async def test_hangs():
            while True: pass

        @checkpoint("next")
        async def test_next(): pass
        """,
        hangs={},
        next={},
    )
    report = await check(lab, lab.solution_folder, capability=loopback, jobs=1)
    assert one(report, "hangs").verdict is Verdict.ERRORED
    assert one(report, "hangs").got == "no end, 0.2 s after its deadline of 0.1 s"
    assert one(report, "next").verdict is Verdict.PASSED


async def test_the_whole_check_has_a_time(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        @checkpoint("stuck")
        async def test_stuck(): await asyncio.Event().wait()

        @checkpoint("later")
        async def test_later(): pass
        """,
        stuck={},
        later={"needs": "stuck"},
    )
    report = await check(lab, lab.solution_folder, capability=loopback, timeout=0.5)
    assert [(r.verdict, r.got) for r in report.checkpoints] == [
        (Verdict.FAILED, "the whole check ran out of its time (0.5 s)")
    ] * 2
    assert exit_code([report]) == 4


async def test_what_needs_the_wire_is_unavailable_without_being_run(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of('@checkpoint("wire")\nasync def test_wire(): os._exit(1)', wire={"needs_wire": True})
    report = await check(lab, lab.solution_folder, capability=loopback)
    assert one(report, "wire").verdict is Verdict.UNAVAILABLE
    assert one(report, "wire").got == "This machine has no namespaces. Take another."
    assert exit_code([report]) == 3


@pytest.mark.parametrize(
    ("tests", "problem"),
    [
        ("", "echo has no test."),
        ('@checkpoint("echo")\nasync def test_a(): pass\ntest_b = test_a', "echo has 2 tests."),
        ('@checkpoint("eco")\nasync def test_a(): pass', "eco has a test, but lab.toml does not name it."),
        ("async def test_a(): pass", "test_a has no @checkpoint, @prediction or @claim."),
        ("import nowhere", "No module named 'nowhere'"),
        ("os._exit(4)", "the checking process ended with exit code 4"),
    ],
)
async def test_a_lab_that_contradicts_itself_is_broken(
    lab_of: LabOf, loopback: Capability, tests: str, problem: str
) -> None:
    lab = lab_of(tests, echo={})
    with pytest.raises(BrokenLabError, match=problem.replace(".", r"\.")):
        await check(lab, lab.solution_folder, capability=loopback)


async def test_a_missing_folder_or_python_is_wrong_usage(lab_of: LabOf, loopback: Capability, tmp_path: Path) -> None:
    lab = lab_of(echo={})
    with pytest.raises(UsageError, match="netlab start tiny"):
        await check(lab, tmp_path / "nowhere", capability=loopback)
    with pytest.raises(UsageError, match="--python"):
        await check(lab, lab.solution_folder, capability=loopback, python=Path("/bin/false"))


async def test_a_program_that_does_not_compile_is_why_its_checkpoints_fail(lab_of: LabOf, loopback: Capability) -> None:
    lab = lab_of(
        """
        from types import SimpleNamespace as Any

        @pytest.fixture
        def stage(): return Any(programs=[Any(model=Any(name="server"))])

        @checkpoint("serves")
        async def test_serves(stage): raise CheckpointFailed("listening", "it ended before")

        @checkpoint("calls")
        async def test_calls(): raise CheckpointFailed("a call", "none")
        """,
        serves={},
        calls={},
    )
    (lab.solution_folder / "server.py").write_text("import socket\nwhile True print(1)\n")
    report = await check(lab, lab.solution_folder, capability=loopback)
    assert one(report, "serves").got == "server.py:2: SyntaxError: invalid syntax"
    assert one(report, "serves").where == "server.py:2"
    assert one(report, "calls").got == "none"


@pytest.mark.network
async def test_on_the_private_network_the_child_has_a_namespace_of_its_own(lab_of: LabOf) -> None:
    lab = lab_of(
        """
        @checkpoint("inside")
        async def test_inside():
            assert os.environ["NETLAB_INSIDE"] == "1"
            assert [name for _, name in socket.if_nameindex()] == ["lo"]
        """,
        inside={"needs_wire": True},
    )
    report = await check(lab, lab.solution_folder, capability=Capability(True))
    assert one(report, "inside").verdict is Verdict.PASSED, one(report, "inside").got


UNTIL_TOLD = """
@checkpoint("waits")
async def test_waits():
    with open(Path(__file__).with_name("news"), "wb", buffering=0) as news:
        news.write(b"started ")
        try:
            await asyncio.Event().wait()
        finally:
            news.write(b"unwound")
"""


@pytest.fixture
def waiting_lab(lab_of: LabOf) -> Lab:
    """A lab whose checkpoint tells a FIFO when it starts and when it unwinds; the FIFO ends with the child."""
    lab = lab_of(UNTIL_TOLD, waits={})
    os.mkfifo(lab.path / "news")
    return lab


async def test_cancelling_lets_the_checkpoint_unwind_and_ends_its_child(waiting_lab: Lab, loopback: Capability) -> None:
    checking = asyncio.create_task(check(waiting_lab, waiting_lab.solution_folder, capability=loopback))
    news = await asyncio.to_thread(open, waiting_lab.path / "news", "rb", 0)
    with news:
        assert await asyncio.to_thread(news.read, 8) == b"started "
        checking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await checking
        assert await asyncio.to_thread(news.read) == b"unwound"


KILLED = """
import asyncio, pickle, sys
from netlab.checking.runner import check
lab, capability = pickle.load(sys.stdin.buffer)
asyncio.run(check(lab, lab.solution_folder, capability=capability))
"""


def test_killing_the_parent_ends_the_child(waiting_lab: Lab, loopback: Capability) -> None:
    parent = subprocess.Popen([sys.executable, "-c", KILLED], stdin=subprocess.PIPE)
    assert parent.stdin
    with parent.stdin:
        parent.stdin.write(pickle.dumps((waiting_lab, loopback)))
    with (waiting_lab.path / "news").open("rb", buffering=0) as news:
        assert news.read(8) == b"started "
        parent.kill()
        parent.wait()
        assert news.read() == b"unwound"
