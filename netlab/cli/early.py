"""Into the namespaces before anything is imported, when it is plain that the workbench is to be opened.

Any other command line takes the usual way, through click; so does this one where the namespaces were refused, and then
says why. It saves the import of the command line and the probe before the exec: 80 ms of the time to the first paint.
"""

from __future__ import annotations

import os
import sys

from netlab.network.doorway import INSIDE, WISH, inside_if_possible

TYPE_CHECKING = False
if TYPE_CHECKING:  # as in `doorway`: what is imported here is imported twice
    from collections.abc import Sequence

_REFUSED = "NETLAB_REFUSED"


def enter_early() -> None:
    """Becomes the same command inside, or returns and leaves it to the usual way."""
    known = any(name in os.environ for name in (INSIDE, _REFUSED, "_NETLAB_COMPLETE"))
    if known or os.environ.get(WISH) or sys.platform != "linux" or not _opens_workbench(sys.argv[1:]):
        return
    command = inside_if_possible([sys.executable, "-P", "-m", "netlab", *sys.argv[1:]], otherwise=_REFUSED)
    os.execvp(command[0], command)


def _opens_workbench(words: Sequence[str]) -> bool:
    """No word at all, or one that is no option and no command, typed at a terminal."""
    if not all(os.isatty(descriptor) for descriptor in range(3)):
        return False
    return not words or (len(words) == 1 and _may_be_lab(words[0]))


def _may_be_lab(word: str) -> bool:
    command = os.path.join(os.path.dirname(__file__), f"{word}.py")
    return not word.startswith("-") and not os.path.exists(command)
