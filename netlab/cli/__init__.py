"""One module per command. `output` alone writes stdout, `diagnostics` alone stderr and exit codes."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """The `netlab` command."""
    from netlab.cli.entry import run  # click and the rest, only when it is really the command that runs

    run()
