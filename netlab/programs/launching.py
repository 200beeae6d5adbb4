"""The command lines that put a learner's program on its terminal, within its limits, without capabilities.

Small tools of the system do each step and then become the next one (exec), so nothing of ours runs in between.
"""

from __future__ import annotations

import resource

from netlab.programs.spec import Limits

_CAPABILITIES = ("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
# A session leader that opens a terminal gets it as its controlling one: the way that works on every system.
_TAKE_TERMINAL = ': 0<>"$0"; ulimit -c 0; ulimit -f "$1"; ulimit -S -n "$2"; shift 2; exec "$@"'
_BLOCK = 512  # POSIX: ulimit counts blocks of 512 bytes


def isolated_command(program: tuple[str, ...], limits: Limits) -> list[str]:
    """To be run inside a pid namespace with the terminal as standard input: a session and a /proc of its own."""
    return [
        *("setsid", "--ctty", "unshare", "--mount-proc", "setpriv", *_CAPABILITIES),
        *("prlimit", f"--fsize={limits.file_bytes}", f"--nofile={_open_files(limits)}:", "--core=0"),
        *program,
    ]


def grouped_command(program: tuple[str, ...], terminal: str, limits: Limits) -> list[str]:
    """To be run as a new session: where there are no namespaces, the process group is what holds a program together."""
    numbers = (str(limits.file_bytes // _BLOCK), str(_open_files(limits)))
    return ["sh", "-c", _TAKE_TERMINAL, terminal, *numbers, *program]


def _open_files(limits: Limits) -> int:
    """No soft limit can be above the hard one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return limits.open_files if hard == resource.RLIM_INFINITY else min(limits.open_files, hard)
