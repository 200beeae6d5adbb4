"""The only place that writes to stderr and decides exit codes: one line for what went wrong, one for the remedy.

A traceback never reaches the screen. What nobody foresaw is a fault of netlab: it goes to a file, with its traceback,
and the line names the file.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from enum import IntEnum
from types import FrameType

import click

from netlab.errors import NetlabError, UnavailableError
from netlab.progress.faultreports import keep_report

_THE_USERS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG, errno.EMFILE}
"""Errors of the system that say something about the machine, and nothing about netlab."""


class ExitCode(IntEnum):
    """What the shell is told."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNAVAILABLE = 3
    OUT_OF_TIME = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141  # 128 + SIGPIPE, as of every program whose reader has left
    TERMINATED = 143


def guarded(work: Callable[[], int]) -> int:
    """The exit code of the work, whatever happens in it."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return _flushed(work)
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return ExitCode.PIPE_CLOSED
    except NetlabError as error:
        complain(error.message, error.remedy)
        return ExitCode.UNAVAILABLE if isinstance(error, UnavailableError) else ExitCode.USAGE
    except click.ClickException as error:
        complain(_sentence(error), _help_on(error))
        return ExitCode.USAGE
    except Exception as error:
        return _unforeseen(error)


def complain(message: str, remedy: str = "") -> None:
    """What went wrong, and what to do about it, on lines of their own."""
    first, *further = message.splitlines() or [""]
    _write(f"netlab: {first}")
    for line in [*further, *remedy.splitlines()]:
        _write(f"        {line}")


def note(text: str) -> None:
    """A remark beside the result, which does not change the exit code."""
    _write(f"netlab: {text}")


def _flushed(work: Callable[[], int]) -> int:
    code = work()
    sys.stdout.flush()
    return code


def _write(line: str) -> None:
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    with contextlib.suppress(OSError):
        print("".join(c if c.isprintable() else repr(c)[1:-1] for c in line), file=sys.stderr, flush=True)


def _sentence(error: click.ClickException) -> str:
    message = error.format_message()
    return message if message.endswith((".", "?")) else f"{message}."


def _help_on(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"Help: {context.command_path} --help" if context else ""


def _unforeseen(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in _THE_USERS:
        complain(f"{error.strerror}{': ' + str(error.filename) if error.filename else ''}.")
        return ExitCode.USAGE
    import traceback  # only now: every command imports this module

    kind = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    try:
        complain(f"a fault of netlab itself: {kind}", f"Please report it, with {keep_report(error)}")
    except OSError:
        complain(f"a fault of netlab itself: {kind}", "Please report it; its traceback could not be written.")
    return ExitCode.USAGE


def _forget_stdout() -> None:
    """What is still in the buffer has no reader: let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminated(number: int, frame: FrameType | None) -> None:
    raise SystemExit(ExitCode.TERMINATED)  # so that everything that netlab started is ended on the way out
