"""The network of a machine that gives no namespaces: every host is the machine itself, and there is no wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from netlab.errors import UnavailableError
from netlab.network.hosts import Host, HostSpec

ADDRESS = "127.0.0.1"


class LoopbackNetwork:
    """Programs, peers and socket tables work on it; whatever needs the wire does not."""

    kind: Literal["loopback"] = "loopback"
    wire: None = None

    def __init__(self, hosts: Sequence[HostSpec]) -> None:
        self.hosts: Mapping[str, Host] = {spec.name: Host(spec.name, ADDRESS, None) for spec in hosts}

    async def reboot(self, name: str) -> None:
        """UnavailableError: the learner's own machine is not rebooted."""
        raise UnavailableError(f"{name} cannot be rebooted on the loopback.", "`netlab doctor` says what is missing.")

    async def close(self) -> None:
        """Let go of what was opened to read socket tables."""
        for host in self.hosts.values():
            host.close()


def open_loopback(hosts: Sequence[HostSpec]) -> LoopbackNetwork:
    """Every host at 127.0.0.1. Opens nothing."""
    return LoopbackNetwork(hosts)
