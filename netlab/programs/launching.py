"""The command lines that put a learner's program on its terminal, within its limits, without capabilities.

Small tools of the system do each step and then become the next one (exec), so nothing of ours runs in between.
"""

from __future__ import annotations

from netlab.programs.spec import Limits

_CAPABILITIES = ("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
# A session leader that opens a terminal gets it as its controlling one: the way that works on every system.
_TAKE_TERMINAL = ': 0<>"$0"; ulimit -c 0; ulimit -f "$1"; shift; exec "$@"'
_BLOCK = 512  # POSIX: ulimit counts blocks of 512 bytes


def isolated_command(program: tuple[str, ...], limits: Limits) -> list[str]:
    """To be run inside a pid namespace with the terminal as standard input: a session and a /proc of its own."""
    return [
        *("setsid", "--ctty", "unshare", "--mount-proc", "setpriv", *_CAPABILITIES),
        *("prlimit", f"--fsize={limits.file_bytes}", "--core=0"),
        *program,
    ]


def grouped_command(program: tuple[str, ...], terminal: str, limits: Limits) -> list[str]:
    """To be run as a new session: where there are no namespaces, the process group is what holds a program together."""
    return ["sh", "-c", _TAKE_TERMINAL, terminal, str(limits.file_bytes // _BLOCK), *program]
