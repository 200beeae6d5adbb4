"""The one root of every error that a user can act on.

An error carries what went wrong and where, in one line, and what to do about it. Only `netlab.cli.diagnostics` turns
it into text on stderr and an exit code; only the workbench turns it into a notice. `netlab.frames` raises builtins.
"""


class NetlabError(Exception):
    """What went wrong (one line) and, where there is one, the remedy (one line)."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class UsageError(NetlabError):
    """What the user named or wrote cannot be used: an unknown lab, a missing folder, a bad rule. Exit code 2."""


class BrokenLabError(NetlabError):
    """A lab's own files contradict themselves. Exit code 2."""


class UnavailableError(NetlabError):
    """This machine lacks what is needed; the remedy says how to get it. Exit code 3."""
