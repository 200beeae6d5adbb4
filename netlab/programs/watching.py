"""Looks at a running program from outside, through /proc: how much it uses, and whether it waits for its terminal."""

from __future__ import annotations

import os
from contextlib import suppress

from netlab.programs.spec import Limits, readable_size

_PAGE = os.sysconf("SC_PAGE_SIZE")
# System call numbers: read; poll, select, epoll_wait, pselect6, ppoll, epoll_pwait (asm/unistd.h)
_READ, _POLLS = {
    "x86_64": (0, frozenset({7, 23, 232, 270, 271, 281})),
    "aarch64": (63, frozenset({22, 72, 73})),
}.get(os.uname().machine, (-2, frozenset[int]()))


def overrun(pid: int, limits: Limits, *, isolated: bool) -> str:
    """Which limit the program is over, as a sentence's second half; empty where none, or where it has ended."""
    with suppress(OSError, ValueError, IndexError):
        if isolated and processes_beside(pid, limits.processes) > limits.processes:
            return f"had more than {limits.processes} processes at a time"
        if resident_bytes(pid) > limits.memory_bytes:
            return f"used more than {readable_size(limits.memory_bytes)} of memory"
    return ""


def processes_beside(pid: int, interesting: int) -> int:
    """How many processes there are in the pid namespace of `pid`; counted only where it can be `interesting`.

    The namespace's own /proc is read through the program's root. The last pid given out is no less than the count.
    """
    own_proc = f"/proc/{pid}/root/proc"
    last_pid = int(_text(f"{own_proc}/loadavg").split()[-1])
    return sum(name.isdigit() for name in os.listdir(own_proc)) if last_pid > interesting else last_pid


def resident_bytes(pid: int) -> int:
    """Memory of one process that is not swapped out (proc(5), statm)."""
    return int(_text(f"/proc/{pid}/statm").split()[1]) * _PAGE


def waits_for_input(pid: int) -> bool | None:
    """Whether a thread of this process is in read(2) on a terminal; None where that cannot be told.

    It cannot where the kernel keeps proc(5)'s `syscall` to itself, and where a thread polls: for input, or for others.
    """
    try:
        calls = [_system_call(pid, thread) for thread in os.listdir(f"/proc/{pid}/task")]
        if any(number == _READ and _is_terminal(pid, int(first, 16)) for number, first in calls):
            return True
    except (OSError, ValueError):
        return None
    return None if _READ < 0 or any(number in _POLLS for number, _ in calls) else False


def _system_call(pid: int, thread: str) -> tuple[int, str]:
    """The number and first argument of the system call that a thread sleeps in; -1 where it is not in one."""
    number, *arguments = _text(f"/proc/{pid}/task/{thread}/syscall").split()
    return (int(number), arguments[0]) if number != "running" else (-1, "0")


def _is_terminal(pid: int, descriptor: int) -> bool:
    return os.readlink(f"/proc/{pid}/fd/{descriptor}").startswith(("/dev/pts/", "/dev/tty"))


def _text(path: str) -> str:
    """A short file of /proc. These looks are most of what an idle workbench does: a third of what `Path` takes."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(file, 4096).decode()
    finally:
        os.close(file)
