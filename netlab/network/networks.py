"""The network that this machine gives: private, or the loopback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from netlab.network.entering import Capability
from netlab.network.hosts import HostSpec
from netlab.network.loopback import LoopbackNetwork, open_loopback
from netlab.network.private import PrivateNetwork, open_private
from netlab.network.rules import Rule

Network: TypeAlias = PrivateNetwork | LoopbackNetwork
"""Tell them apart by `kind`, or by whether there is a `wire`."""


async def open_network(capability: Capability, hosts: Sequence[HostSpec], *, rules: Sequence[Rule] = ()) -> Network:
    """The private network where it can be had; else the loopback, on which rules mean nothing."""
    if capability.private:
        return await open_private(hosts, rules=rules)
    return open_loopback(hosts)
