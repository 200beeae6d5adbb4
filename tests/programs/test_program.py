"""A learner's program on its terminal: what it is given, how it is typed into, how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from netlab.errors import UnavailableError, UsageError
from netlab.processes import last_resort
from netlab.processes.spawning import PIPE, spawn
from netlab.programs.program import Program
from netlab.programs.spec import MIB, Limits, ProgramSpec
from netlab.programs.tracer.reading import TraceReader

Start = Callable[..., Program]

DEADLINE = 60.0


async def until(condition: Callable[[], bool]) -> None:
    """Of the kernel's table of processes: nothing tells when it changes."""
    async with asyncio.timeout(DEADLINE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0)


def contents(path: str) -> bytes:
    return Path(path).read_bytes()


def shows(text: str) -> Callable[[Program], bool]:
    return lambda program: program.transcript.shows(text)


async def test_its_output_and_its_exit_code_come_through(start: Start) -> None:
    program = start("import sys; print('hello', sys.argv[1:]); sys.exit(130)", "10.0.0.2", "7788")
    assert await program.wait() == 130
    assert program.transcript.lines() == ["hello ['10.0.0.2', '7788']", ""]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
async def test_a_signal_is_told_apart_from_an_exit_code(start: Start, number: signal.Signals) -> None:
    program = start(
        f"import os, signal; {number} in (9, 15) or signal.signal({number}, 0); os.kill(os.getpid(), {number})"
    )
    assert await program.wait() == -number


async def test_it_stands_on_a_terminal_of_its_own(start: Start) -> None:
    code = """
import os, sys, termios
iflag, _, _, lflag, *_ = termios.tcgetattr(0)
print(tuple(os.get_terminal_size()), [os.isatty(n) for n in (0, 1, 2)], os.ttyname(os.open("/dev/tty", 2)))
print(bool(iflag & 0o40000), bool(lflag & termios.ECHO), sys.stdout.encoding, os.getcwd())
print(sorted(name for name in os.environ if "NETLAB" in name or "LANG" in name), os.path.exists("__pycache__"))
"""
    program = start(code)
    assert await program.wait() == 0
    assert program.transcript.lines() == [
        "(80, 24) [True, True, True] /dev/tty",
        f"True True utf-8 {program.spec.folder}",
        "['LANG'] False",
        "",
    ]


async def test_what_is_typed_is_echoed_and_read(start: Start) -> None:
    program = start("while True: print('got', ascii(input('> ')))")
    assert await program.until(shows("> "))
    mark = program.transcript.mark()
    program.type("你好 \n".encode())
    assert await program.until(shows("got '\\u4f60\\u597d '\n"))
    assert program.transcript.lines(since=mark)[0] == "你好 "


async def test_erase_takes_a_whole_chinese_character(start: Start) -> None:
    program = start("print('got', ascii(input()))")
    program.type("你好\x7f吗\n".encode())
    assert await program.until(shows("got '\\u4f60\\u5417'"))


async def test_ctrl_c_is_a_keyboard_interrupt(start: Start) -> None:
    program = start(
        "try:\n print('ready'); __import__('time').sleep(60)\nexcept KeyboardInterrupt: raise SystemExit(7)"
    )
    assert await program.until(shows("ready"))
    program.interrupt()
    assert await program.wait() == 7


async def test_ctrl_c_reaches_a_program_that_never_reads(start: Start) -> None:
    program = start("print('ready'); __import__('time').sleep(60)")
    assert await program.until(shows("ready"))
    program.type(b"never read\n" * 20_000)
    assert await program.until(shows("never read"))
    program.interrupt()
    assert await program.wait() == -signal.SIGINT


async def test_a_new_window_size_is_told(start: Start) -> None:
    code = "import os, signal; print('ready'); signal.sigwait({signal.SIGWINCH}); print(tuple(os.get_terminal_size()))"
    program = start("import signal; signal.pthread_sigmask(0, {signal.SIGWINCH});" + code)
    assert await program.until(shows("ready"))
    program.resize(columns=120, rows=40)
    assert await program.until(shows("(120, 40)"))


async def test_it_can_be_told_that_it_waits_for_a_line(start: Start) -> None:
    program = start("import os\nr, w = os.pipe()\nprint('ready'); os.read(r, 1)")
    assert await program.until(shows("ready"))
    assert program.waiting_for_input is False
    asking = start("print('name?'); input()")
    assert await asking.until(shows("name?"))
    await until(lambda: asking.waiting_for_input is True)


async def test_the_last_lines_are_there_when_the_end_is_announced(start: Start) -> None:
    programs = [start("print('x' * 30_000); raise ValueError('the last word')") for _ in range(5)]
    await asyncio.gather(*(program.wait() for program in programs))
    assert {program.transcript.lines()[-2] for program in programs} == {"ValueError: the last word"}


async def test_waiting_for_what_never_comes_ends_with_the_program(start: Start) -> None:
    program = start("print('only this')")
    assert not await program.until(shows("never"))
    assert program.ended == 0


async def test_stopping_gives_it_the_chance_to_end_itself(start: Start) -> None:
    program = start("import signal, time\nsignal.signal(15, lambda *_: exit(3))\nprint('ready')\ntime.sleep(60)")
    assert await program.until(shows("ready"))
    assert await program.stop(grace=10) == 3
    assert await program.stop() == 3


async def test_one_that_ignores_term_and_hangup_is_killed(start: Start) -> None:
    program = start("import signal, time\nsignal.signal(15, 1); signal.signal(1, 1)\nprint('ready')\ntime.sleep(60)")
    assert await program.until(shows("ready"))
    assert await program.stop(grace=0.05) == -signal.SIGKILL


async def test_one_that_stopped_itself_is_ended(start: Start) -> None:
    program = start("import os; print('ready'); os.kill(os.getpid(), 19)")
    assert await program.until(shows("ready"))
    assert await program.stop(grace=0.05) in (-signal.SIGTERM, -signal.SIGKILL)


async def test_stopping_at_once_leaves_nothing(start: Start) -> None:
    program = start("input()")
    assert await program.stop(grace=0.05) < 0


async def test_the_interpreter_alone_gets_the_pid(start: Start) -> None:
    program = start("print('ready'); input()")
    assert await program.until(shows("ready"))
    assert b"\0program0.py\0" in contents(f"/proc/{program.pid}/cmdline")


DOUBLE_FORK = """
import os, signal, time
pipe = os.open("held", os.O_WRONLY)
if os.fork() == 0:
    if {new_session}: os.setsid()
    if os.fork() == 0:
        for number in (1, 2, 15): signal.signal(number, signal.SIG_IGN)
        os.write(pipe, b"!")
        time.sleep(600)
    os._exit(0)
os.wait()
input()
"""


def held_pipe(folder: Path) -> int:
    os.mkfifo(folder / "held")
    return os.open(folder / "held", os.O_RDONLY | os.O_NONBLOCK)


async def read_pipe(pipe: int) -> bytes:
    """One byte, or nothing when nobody holds the other end any more."""
    ready = asyncio.Event()
    asyncio.get_running_loop().add_reader(pipe, ready.set)
    await ready.wait()
    asyncio.get_running_loop().remove_reader(pipe)
    return os.read(pipe, 1)


@pytest.mark.parametrize("ending", ["stop", "exit"])
async def test_a_double_fork_ends_with_it(start: Start, tmp_path: Path, isolated: bool, ending: str) -> None:
    pipe = held_pipe(tmp_path)
    program = start(DOUBLE_FORK.format(new_session=isolated))
    assert await read_pipe(pipe) == b"!"
    program.type(b"\n" if ending == "exit" else b"")
    await (program.wait() if ending == "exit" else program.stop(grace=0.05))
    assert await read_pipe(pipe) == b""
    os.close(pipe)


HOLDER = """
import asyncio, sys
from pathlib import Path
from netlab.programs.program import Program
from netlab.programs.spec import ProgramSpec
async def main():
    folder = Path(sys.argv[1])
    spec = ProgramSpec("server", ("-c", sys.argv[3]), folder, Path(sys.executable), isolated=sys.argv[2] == "True")
    program = Program.start(spec)
    await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_it_ends_when_netlab_is_killed(tmp_path: Path, isolated: bool) -> None:
    pipe = held_pipe(tmp_path)
    code = DOUBLE_FORK.format(new_session=True) if isolated else "open('held', 'wb', 0).write(b'!'); input()"
    holder = spawn([sys.executable, "-c", HOLDER, str(tmp_path), str(isolated), code], stdin=PIPE)
    async with asyncio.timeout(DEADLINE):
        assert await read_pipe(pipe) == b"!"
        holder.kill()
        assert await read_pipe(pipe) == b""
    await holder.end()
    os.close(pipe)


async def test_a_flood_is_capped_and_the_cap_is_said(start: Start) -> None:
    program = start("import os\nprint('first')\nfor _ in range(80): os.write(1, b'x' * 65535 + b'\\n')\nprint('last')")
    assert await program.wait() == 0
    lines = program.transcript.lines()
    assert (lines[0], lines[-2]) == ("first", "last")
    assert program.transcript.total > 5 * MIB > MIB > len(program.transcript.raw())
    assert f"[netlab left out {program.transcript.omitted:,} bytes of output here]" in lines


async def test_a_program_that_is_not_read_is_held_back(start: Start) -> None:
    program = start("import os\nprint('ready'); input()\nfor _ in range(1000): print('x' * 1000)\nprint('done')")
    assert await program.until(shows("ready"))
    program.hold_at(0)
    program.type(b"\n")
    await until(lambda: program.waiting_for_input is False)
    assert not program.transcript.shows("done")
    program.hold_at(None)
    assert await program.until(shows("done"))


async def test_a_file_that_grows_too_long_is_refused_and_said(start: Start) -> None:
    program = start(
        "f = open('big', 'wb')\nfor _ in range(9): f.write(b'x' * 65536); f.flush()", limits=Limits(MIB // 8)
    )
    assert await program.wait() == 1
    assert program.transcript.shows("File too large")
    assert program.remark == "wrote more than 128 KiB to one file"


async def test_a_program_may_open_as_many_files_as_in_a_usual_session(start: Start) -> None:
    program = start("import resource\nprint('files:', resource.getrlimit(resource.RLIMIT_NOFILE)[0])")
    await program.wait()
    assert program.transcript.shows("files: 1024")


async def test_a_program_that_takes_too_much_memory_is_ended(start: Start) -> None:
    program = start("x = b'x' * (64 << 20); input()", limits=Limits(memory_bytes=32 * MIB, watch_seconds=0.01))
    assert await program.wait() == -signal.SIGKILL
    assert program.remark == "used more than 32 MiB of memory"


@pytest.mark.network
@pytest.mark.parametrize("isolated", [True], indirect=True)
async def test_a_fork_bomb_is_ended(start: Start) -> None:
    bomb = "import os, time\nfor _ in range(60):\n os.fork() or time.sleep(600)\ninput()"
    program = start(bomb, limits=Limits(processes=40, watch_seconds=0.01))
    assert await program.wait() == -signal.SIGKILL
    assert program.remark == "had more than 40 processes at a time"


@pytest.mark.network
@pytest.mark.parametrize("isolated", [True], indirect=True)
async def test_it_has_no_capabilities_and_sees_its_own_processes_alone(start: Start) -> None:
    code = """
import os
print([line.split()[1] for line in open("/proc/self/status") if line.startswith("Cap")])
print([name for name in os.listdir("/proc") if name.isdigit()], os.getpid())
"""
    program = start(code)
    await program.wait()
    none = "0" * 16
    assert program.transcript.lines()[:2] == [str([none] * 5), "['1', '2'] 2"]


async def test_it_is_spawned_within_what_it_is_given(tmp_path: Path, isolated: bool) -> None:
    steps: list[str] = []

    @contextmanager
    def enter():  # type: ignore[no-untyped-def]
        steps.append("in")
        yield
        steps.append("out")

    spec = ProgramSpec("server", ("-c", ""), tmp_path, Path(sys.executable), isolated=isolated)
    program = Program.start(spec, enter)
    assert steps == ["in", "out"]
    assert await program.wait() == 0


async def test_a_folder_that_is_not_there_is_said_and_leaves_nothing(tmp_path: Path, isolated: bool) -> None:
    spec = ProgramSpec("server", ("x.py",), tmp_path / "nowhere", Path(sys.executable), isolated=isolated)
    before = set(last_resort.running())
    with pytest.raises(UsageError, match="does not exist"):
        Program.start(spec)
    assert set(last_resort.running()) <= before


async def test_a_missing_tool_is_said(tmp_path: Path, isolated: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="is not there"):
        Program.start(ProgramSpec("server", ("x.py",), tmp_path, Path(sys.executable), isolated=isolated))


async def test_its_calls_are_traced_where_that_is_asked_for(start: Start, tmp_path: Path) -> None:
    trace = tmp_path / "server.calls"
    code = "import socket\nlistener = socket.create_server(('127.0.0.1', 0))\nprint('ready')\nlistener.accept()"
    program = start(code, trace=trace)
    assert await program.until(shows("ready"))
    reader = TraceReader(trace, "server", "server")
    await until(lambda: bool(reader.refresh() or reader.blocked) and reader.blocked != ())
    (waiting,) = reader.blocked
    assert (waiting.file, waiting.line, waiting.function, waiting.program) == ("program0.py", 4, "accept", "server")
