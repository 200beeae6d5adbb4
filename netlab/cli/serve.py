"""`netlab serve`: the same workbench in a browser.

This process stays outside of namespaces; each tab's enters its own.
"""

from __future__ import annotations

import asyncio
import sys

import click

from netlab.cli.common import language, language_option, network_or_refusal
from netlab.cli.diagnostics import note
from netlab.cli.extras import WEB
from netlab.cli.output import emit
from netlab.errors import UnavailableError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is everywhere.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@language_option
@click.pass_context
def command(ctx: click.Context, host: str, port: int) -> None:
    """The workbench in a browser: a workbench for each tab, which ends when the tab is closed. Ctrl-C ends them all.

    The address that is printed lets one browser in, once; then another is printed, for the next.
    """
    if not WEB.there:
        raise UnavailableError(f"{WEB.needed_for} needs {WEB.package}, which is not installed.", WEB.remedy)
    network_or_refusal()
    from netlab.app.serving.server import Address, serve  # aiohttp: for this command alone

    if host not in LOOPBACK:
        note(f"at {host or 'every address'} others can reach it, and read along: it is not encrypted.")
    # `-P`: a learner's `socket.py` in the current folder is not Python's.
    argv = [sys.executable, "-P", "-m", "netlab", "--lang", language(ctx)]
    asyncio.run(serve(Address(host, port), argv, _announce))


def _announce(url: str) -> None:
    emit(f"The workbench for one more browser (Ctrl-C ends all): {url}")
