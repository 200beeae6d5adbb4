"""The network of a lab: private where the machine gives it, else the loopback, with what differs between them."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

from netlab.courseware.model import Lab
from netlab.network.entering import Capability
from netlab.network.hosts import HostSpec
from netlab.network.loopback import LoopbackNetwork, open_loopback

if TYPE_CHECKING:
    from netlab.network.private import PrivateNetwork
    from netlab.network.rules import Rule

__all__ = ["Capability", "Network", "free_port", "open_network"]

Network: TypeAlias = "PrivateNetwork | LoopbackNetwork"


@asynccontextmanager
async def open_network(lab: Lab, capability: Capability, rules: Sequence[Rule] = ()) -> AsyncIterator[Network]:
    """The lab's hosts, fresh, for as long as the context lasts."""
    network = await _open(lab, capability, rules)
    try:
        yield network
    finally:
        await network.close()


async def _open(lab: Lab, capability: Capability, rules: Sequence[Rule]) -> Network:
    specs = [HostSpec(host.name, host.address) for host in lab.hosts]
    if not capability.private:
        return open_loopback(specs)
    from netlab.network.private import open_private  # the loopback does without

    return await open_private(specs, rules=rules)


def free_port(address: str) -> int:
    """A TCP port that nobody on this machine uses now."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        port: int = probe.getsockname()[1]
        return port
