"""The command that enters a user and a network namespace of one's own. Imports nothing: it stands before everything."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INSIDE = "NETLAB_INSIDE"
"""The variable of the environment that says that the process is inside."""
WISH = "NETLAB_NETWORK"
"""The variable with which a user asks for the loopback, or insists on a private network."""

UNSHARE = ("unshare", "--user", "--map-current-user", "--keep-caps", "--net", "--")


def inside_command(argv: Sequence[str]) -> list[str]:
    """The command that runs `argv` in a user and a network namespace of its own, told so by its environment."""
    return [*UNSHARE, "env", f"{INSIDE}=1", *argv]


def inside_if_possible(argv: Sequence[str], otherwise: str) -> list[str]:
    """The command that runs `argv` inside where that is allowed, else here, with the variable `otherwise` set."""
    enter = " ".join(UNSHARE)
    script = f'{enter} true 2> /dev/null && exec {enter} env {INSIDE}=1 "$@"; export {otherwise}=1; exec "$@"'
    return ["sh", "-c", script, "sh", *argv]
