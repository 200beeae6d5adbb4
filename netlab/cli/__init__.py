"""One module per command. `output` alone writes stdout, `diagnostics` alone stderr and exit codes."""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:  # the first of two interpreters only finds the way in: `typing` would cost it 7 ms
    from typing import NoReturn


def main() -> NoReturn:
    """The `netlab` command."""
    from netlab.cli.early import enter_early

    enter_early()
    gc.disable()  # nothing of what is imported ever becomes garbage: looking for it costs 3 ms of 40
    from netlab.cli.entry import run

    gc.freeze()
    gc.enable()
    run()
