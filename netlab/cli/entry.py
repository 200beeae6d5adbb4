"""The `netlab` command: its commands by name, each imported only when it runs."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from netlab import __version__
from netlab.cli import diagnostics, output
from netlab.cli.common import lab_completions, language_option
from netlab.courseware.course import load_course
from netlab.courseware.naming import suggestion
from netlab.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "labs": "The course, and how far you are.",
    "start": "Lay out a lab's starter in your folder.",
    "check": "Run checkpoints on your programs.",
    "watch": "Check again at every save.",
    "run": "Play a scene, and print what happened on the wire.",
    "show": "A saved record, as text or converted.",
    "hint": "The next hint.",
    "solution": "The solution, after a pass or when you insist.",
    "reset": "Start a lab over; what you have is kept beside it.",
    "prove": "Show that a lab's checkpoints accept and reject what they must.",
    "new": "Lay out a new lab that already proves.",
    "doctor": "What this machine can do, and how to get the rest.",
    "serve": "The workbench in a browser.",
}
"""What `netlab --help` says of each; a command's own help says more."""

COMPLETION = "_NETLAB_COMPLETE"


class Netlab(click.Group):
    """Commands by name; any other first word is a lab, which the workbench opens."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS and cmd_name != "workbench":
            return None
        command: click.Command = import_module(f"netlab.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return args[0], self.get_command(ctx, args[0]), args[1:]
        _must_be_lab(args[0])
        return "workbench", self.get_command(ctx, "workbench"), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(n, help=does) for n, does in COMMANDS.items() if n.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete) if incomplete.startswith("-") else []
        return names + options + lab_completions(ctx, incomplete)


def _must_be_lab(word: str) -> None:
    course = load_course()
    try:
        course.find_head(word)
    except UsageError as error:
        known = [*COMMANDS, *(head.id for head in course.heads)]
        remedy = error.remedy if "/" in word else suggestion(word, known)
        raise UsageError(f'"{word}" is neither a command nor a lab.', remedy) from None


@click.group(
    cls=Netlab,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[LAB | COMMAND ...]",
    epilog="LAB is an id (chat-server), a number (2), or the path of a lab's folder. Without a command the "
    "workbench opens.",
)
@click.version_option(__version__, message="netlab %(version)s")
@language_option
@click.pass_context
def netlab(ctx: click.Context) -> Any:
    """Learn network programming on real hosts, real TCP, and a wire you can hold in your hands."""
    if ctx.invoked_subcommand is None:
        return ctx.invoke(import_module("netlab.cli.workbench").command)
    return None


def run() -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
    output.prepare()
    if COMPLETION in os.environ:
        netlab.main(prog_name="netlab", complete_var=COMPLETION)
    raise SystemExit(int(diagnostics.guarded(_run)))


def _run() -> int:
    """As click's own `main`, without its way of telling errors."""
    try:
        with netlab.make_context("netlab", sys.argv[1:]) as ctx:
            return int(netlab.invoke(ctx) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
