"""Why a machine gives no private network, and what to do about it: from what the trial said, no system calls."""

from __future__ import annotations

from collections.abc import Callable

Setting = Callable[[str], str]

# The setting, the value that forbids, what that means, the value that allows; the first that forbids is named.
_FORBIDDING = (
    ("user/max_user_namespaces", "0", "This machine allows no user namespaces: user.max_user_namespaces.", "15000"),
    ("kernel/unprivileged_userns_clone", "0", "This machine keeps user namespaces for root.", "1"),
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor keeps ordinary users out of user namespaces (Ubuntu 23.10 and later).",
        "0",
    ),
)  # fmt: skip

_PACKAGES = {"unshare": "util-linux", "ip": "iproute2"}


def explain(progress: str, stderr: str, setting: Setting, *, platform: str = "linux") -> tuple[str, str]:
    """Reason and remedy for a trial that came as far as `progress` and then said `stderr`."""
    if platform != "linux":
        return "Private networks are made of Linux namespaces.", "Run netlab on Linux, or in a Linux virtual machine."
    for program, package in _PACKAGES.items():
        if stderr == f"{program}: not found":
            return f"The program `{program}` is not installed.", f"Install it: apt-get install {package}"
    if "packets" in progress:
        return _no_veth(stderr)
    if "entered" in progress:
        return _forbidden(setting) or _no_packets(stderr)
    return _forbidden(setting) or _not_entered(stderr)


def _forbidden(setting: Setting) -> tuple[str, str] | None:
    for name, forbids, reason, allows in _FORBIDDING:
        if setting(name) == forbids:
            return reason, f"sudo sysctl -w {name.replace('/', '.')}={allows}"
    return None


def _no_veth(stderr: str) -> tuple[str, str]:
    return f"This kernel makes no veth links: {_last_line(stderr)}.", "sudo modprobe veth"


def _no_packets(stderr: str) -> tuple[str, str]:
    return f"This kernel gives no packet sockets: {_last_line(stderr)}.", "sudo modprobe af_packet"


def _not_entered(stderr: str) -> tuple[str, str]:
    if "unrecognized option" in stderr or "invalid option" in stderr:
        return "This `unshare` is too old: it does not know --map-current-user.", "Update util-linux to 2.36 or later."
    return (
        f"A user namespace was refused: {_last_line(stderr)}.",
        "In a container, allow it: docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined",
    )


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it ended without a word"
