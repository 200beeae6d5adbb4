"""The private network: a namespace for each host, a room for the wire, and a cable from every host into it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Literal

from netlab.errors import UnavailableError
from netlab.network.hosts import Host, HostSpec
from netlab.network.links import add_links, configure, delete_link, make_host, prepare
from netlab.network.namespaces import Namespace
from netlab.network.packets import open_listener, open_sender
from netlab.network.rules import Rule
from netlab.network.wire import LOG_LIMIT, Wire, start_wire


class PrivateNetwork:
    """Hosts on a wire of our own. What it is made of goes with its descriptors, however this process ends."""

    kind: Literal["private"] = "private"

    def __init__(self, room: Namespace, hosts: Mapping[str, Host], wire: Wire, *, states: bool, arp: bool) -> None:
        """Use `open_private`."""
        self.hosts = hosts
        self.wire = wire
        self._room = room
        self._states = states
        self._arp = arp

    async def attach(self, host: Host) -> None:
        """Hand the wire its end of a host's cable."""
        sender, interface = open_sender(self._room, f"w{self._index(host)}")
        await self.wire.attach(host.name, host.mac, interface, sender, host.diag_socket() if self._states else None)

    async def reboot(self, name: str) -> None:
        """The host comes back with no memory: a new namespace with the same addresses.

        What ran on it has to be ended by whoever started it; cut the host first, or its last words reach the others.
        """
        host = self.hosts[name]
        await self.wire.cut(name)
        delete_link(self._room, self._index(host))
        namespace = make_host(self._room)
        host.move(namespace)
        self.connect([host])
        await self.attach(host)
        await self.wire.note("reboot", name)
        await self.wire.join(name)

    def connect(self, hosts: Sequence[Host]) -> None:
        """Give each of these hosts its cable and its addresses."""
        for host in hosts:
            prepare(host.namespace)
        add_links(self._room, [(self._index(host), host.address, host.namespace) for host in hosts])
        for host in hosts:
            others = [other.address for other in self.hosts.values() if other is not host]
            configure(host.namespace, host.address, others, arp=self._arp)

    def _index(self, host: Host) -> int:
        return list(self.hosts).index(host.name)

    async def close(self) -> None:
        """End the wire and take the hosts down. Harmless twice."""
        await self.wire.close()
        self._room.close()
        for host in self.hosts.values():
            host.close()


async def open_private(
    hosts: Sequence[HostSpec],
    *,
    rules: Sequence[Rule] = (),
    states: bool = True,
    arp: bool = False,
    log_limit: int = LOG_LIMIT,
) -> PrivateNetwork:
    """Hosts, cables and wire, ready: some 30 ms.

    `states` has the wire write down what becomes of the hosts' sockets. With `arp` the hosts ask for each other's MAC
    addresses; without, they know them. UnavailableError where this process is not inside (see `entering`).
    """
    with ExitStack() as undo:
        try:
            room = Namespace()
            undo.callback(room.close)
            wire = start_wire(open_listener(room), log_limit)  # first: it starts while the hosts are made
            undo.callback(wire.process.kill)
            made = {spec.name: Host(spec.name, spec.address, make_host(room)) for spec in hosts}
        except PermissionError as error:
            raise UnavailableError("Namespaces were refused.", "`netlab doctor` says what is missing.") from error
        network = PrivateNetwork(room, made, wire, states=states, arp=arp)
        network.connect(list(made.values()))
        await asyncio.gather(*(network.attach(host) for host in made.values()))
        if rules:
            await wire.set_rules(rules)
        undo.pop_all()
    return network
