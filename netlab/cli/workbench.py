"""`netlab` and `netlab LAB`: the workbench, full screen. The only command that imports the app."""

from __future__ import annotations

import os
import sys

import click

from netlab.cli.common import lab_argument, language, language_option, network_or_refusal
from netlab.errors import UsageError
from netlab.network.entering import inside_command, is_inside


@click.command("workbench", hidden=True)
@lab_argument(required=False)
@language_option
@click.pass_context
def command(ctx: click.Context, lab: str | None) -> int:
    """Open the workbench, at a lab if one is named."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The workbench needs a terminal.", "Without one: netlab labs, netlab check LAB, netlab --help")
    enter_namespaces()
    from netlab.app.app import run  # 100 ms of Textual: for this command alone, and only inside

    return run(lab, language(ctx))


def enter_namespaces() -> None:
    """Becomes the same command in namespaces of its own, where the machine allows it; else stays on the loopback.

    An exec, because a process can only enter before it has a second thread (user_namespaces(7)). `-P`: a learner's
    `socket.py` in the current folder is not Python's.
    """
    if not is_inside() and network_or_refusal().private:
        again = inside_command([sys.executable, "-P", "-m", "netlab", *sys.argv[1:]])
        os.execvp(again[0], again)
