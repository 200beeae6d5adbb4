"""Who gets a frame: by destination MAC address, as a switch that knows all its ports. Hosts can be cut off."""

from __future__ import annotations

import os

_MOST_WAYS = 4096


class Switch:
    """The cables of all hosts, by index."""

    def __init__(self) -> None:
        self.macs: list[bytes] = []
        self.cut: set[int] = set()
        """Hosts whose cable is out: nothing comes from them, nothing gets to them."""
        self.senders: dict[int, int] = {}
        """Interface index to host: who it was that sent."""
        self._fds: list[int] = []
        self._ways: dict[tuple[int, bytes], tuple[int, ...]] = {}

    def attach(self, host: int, fd: int, interface: int, mac: bytes) -> None:
        """Plug in a host, or the new namespace of one that was rebooted. `fd` is a packet socket bound to its cable."""
        if host < len(self._fds):
            os.close(self._fds[host])
            self._fds[host] = fd
            self.senders = {index: sender for index, sender in self.senders.items() if sender != host}
        else:
            self._fds.append(fd)
            self.macs.append(mac)
        self.senders[interface] = host
        self._ways.clear()

    def receivers(self, sender: int, data: bytes) -> tuple[int, ...]:
        """The hosts that a frame is for, whether they can be reached or not."""
        way = (sender, data[:6])
        found = self._ways.get(way)
        return self._work_out(way) if found is None else found

    def send(self, receiver: int, data: bytes) -> bool:
        """Put a frame on this host's cable; false where there is nobody at its end."""
        try:
            os.write(self._fds[receiver], data)
        except OSError:
            return False
        return True

    def _work_out(self, way: tuple[int, bytes]) -> tuple[int, ...]:
        if len(self._ways) >= _MOST_WAYS:
            self._ways.clear()
        sender, mac = way
        for_all = mac[0] & 1
        found = tuple(host for host, own in enumerate(self.macs) if host != sender and (for_all or own == mac))
        self._ways[way] = found
        return found
