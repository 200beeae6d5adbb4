"""`netlab` and `netlab LAB`: the workbench, full screen. The only command that imports the app."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import click

from netlab.cli.common import lab_argument, language, language_option
from netlab.errors import UsageError
from netlab.network.doorway import INSIDE, WISH
from netlab.processes import last_resort
from netlab.progress.places import data_folder
from netlab.session.settings import Settings


@click.command("workbench", hidden=True)
@lab_argument(required=False)
@language_option
@click.pass_context
def command(ctx: click.Context, lab: str | None) -> int:
    """Open the workbench, at a lab if one is named."""
    driver = os.environ.get("TEXTUAL_DRIVER", "")  # drawn in a browser, by `netlab serve`
    if not (driver or (all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)))):
        raise UsageError("The workbench needs a terminal.", "Without one: netlab labs, netlab check LAB, netlab --help")
    if WISH in os.environ or os.environ.get(INSIDE) != "1":
        _enter()
    gc.disable()  # as in `netlab.cli`: the more is imported, the longer each look takes; 12 ms
    from netlab.app.app import AGAIN, run  # 100 ms of Textual: for this command alone, and only inside

    gc.freeze()
    gc.enable()
    remembered = Settings(data_folder()).get("language", "")
    code = run(lab, language(ctx, remembered))
    if code == AGAIN:
        _begin_again(driver)
    return code


def _enter() -> None:
    from netlab.cli.inside import enter_namespaces  # most often `early` has been there before
    from netlab.network.entering import insists_on_private, is_inside

    if insists_on_private() or not is_inside():
        enter_namespaces()


def _begin_again(driver: str) -> NoReturn:
    """The same command in a new interpreter, after a fault: what this one started ends first."""
    last_resort.end_all()
    if driver:
        os.environ["TEXTUAL_DRIVER"] = driver
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
