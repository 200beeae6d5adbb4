"""The way into a user and network namespace of one's own, and whether this machine allows it.

Entering is an exec through `unshare`, before the first thread is there: user_namespaces(7) forbids it later. Whether it
is allowed is found out by doing it, because no list of settings tells (AppArmor, seccomp and sysctls all have a say).
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from netlab.errors import UsageError
from netlab.network.doorway import INSIDE, UNSHARE, WISH, inside_command
from netlab.network.remedies import explain
from netlab.processes.spawning import run

__all__ = ["Capability", "inside_command", "insists_on_private", "is_inside", "probe"]

# Says how far it came; `ip` has the last word. AF_PACKET is 17.
_TRIAL = """
import os, _socket
os.write(1, b"entered ")
_socket.socket(17, 3, 0).close()
os.write(1, b"packets ")
os.execvp("ip", ["ip", "link", "add", "type", "veth"])
"""


@dataclass(frozen=True, slots=True)
class Capability:
    """What this machine gives."""

    private: bool
    """Hosts in namespaces and a wire between them; else the loopback."""
    reason: str = ""
    """Why not; empty where private."""
    remedy: str = ""
    """What to do about it; empty where private, or where nothing helps."""


def is_inside() -> bool:
    """Whether this process was started by `inside_command`."""
    return os.environ.get(INSIDE) == "1"


def insists_on_private() -> bool:
    """Whether the user would rather have nothing than the loopback (`NETLAB_NETWORK=private`)."""
    return _wish() == "private"


def probe() -> Capability:
    """Find out, by entering and making a veth pair and a packet socket: some 10 ms.

    `NETLAB_NETWORK=loopback` is obeyed; UsageError for a value that means nothing.
    """
    if _wish() == "loopback":
        return Capability(False, f"{WISH}=loopback asks for the loopback.", f"Unset {WISH}.")
    if sys.platform != "linux":
        return Capability(False, *explain("", "", _read_setting, platform=sys.platform))
    missing = [name for name in ("unshare", "ip") if shutil.which(name) is None]
    if missing:
        return Capability(False, *explain("", f"{missing[0]}: not found", _read_setting))
    return _try()


def _try() -> Capability:
    trial = [sys.executable, "-I", "-S", "-c", _TRIAL]
    done = run(trial if is_inside() else [*UNSHARE, *trial], timeout=10)
    if done.code == 0:
        return Capability(True)
    return Capability(False, *explain(done.stdout.decode(), done.stderr.decode(errors="replace"), _read_setting))


def _wish() -> str:
    wish = os.environ.get(WISH, "")
    if wish not in ("", "private", "loopback"):
        raise UsageError(f"{WISH}={wish} means nothing.", "It is `private`, `loopback`, or unset.")
    return wish


def _read_setting(name: str) -> str:
    """A sysctl's value, or nothing where this kernel has none of that name."""
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""
