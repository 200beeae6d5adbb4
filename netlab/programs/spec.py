"""What to run, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KIB = 1 << 10
MIB = 1 << 20


def readable_size(size: int) -> str:
    """`64 MiB`, `512 KiB`."""
    return f"{size // MIB} MiB" if size >= MIB else f"{size // KIB} KiB"


@dataclass(frozen=True, slots=True)
class ProgramSpec:
    """A learner's program, as `python FILE HOST PORT ...` in their folder."""

    name: str
    """Name of its terminal: `server`, `client`."""
    argv: tuple[str, ...]
    """What follows the interpreter: file and arguments."""
    folder: Path
    python: Path
    columns: int = 80
    rows: int = 24
    isolated: bool = False
    """In a pid namespace of its own; needs the capabilities of a user namespace, or root."""
    trace: Path | None = None
    """The file that its socket calls are appended to; None: they are not traced."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use before it is ended."""

    file_bytes: int = 64 * MIB
    """Size of any one file that it writes (RLIMIT_FSIZE)."""
    open_files: int = 1024
    """Files and sockets open at a time (soft RLIMIT_NOFILE), as in a usual session: a leak shows on every machine."""
    processes: int = 512
    """Processes at a time, with its own; watched where it is isolated (RLIMIT_NPROC does nothing for root)."""
    memory_bytes: int = 2048 * MIB
    """Resident memory of the program itself."""
    watch_seconds: float = 0.25
    """How often processes and memory are looked at."""
