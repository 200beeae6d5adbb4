"""Who gets a frame: by destination MAC address, as a switch that knows all its ports. Hosts can be cut off."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netlab.network.relay.ring import Port


class Switch:
    """The ports of all hosts, by index."""

    def __init__(self) -> None:
        self.ports: list[Port] = []
        self.macs: list[bytes] = []
        self.cut: set[int] = set()
        """Hosts whose cable is out: nothing comes from them, nothing gets to them."""
        self._receivers: dict[tuple[int, bytes], tuple[int, ...]] = {}

    def attach(self, port: Port, mac: bytes) -> None:
        """Plug in a host, or the new namespace of one that was rebooted."""
        if port.index < len(self.ports):
            self.ports[port.index].close()
            self.ports[port.index] = port
        else:
            self.ports.append(port)
            self.macs.append(mac)
        self._receivers.clear()

    def receivers(self, sender: int, data: bytes) -> tuple[int, ...]:
        """The hosts that a frame is for, whether they can be reached or not."""
        key = (sender, data[:6])
        found = self._receivers.get(key)
        if found is None:
            found = self._receivers[key] = self._work_out(*key)
        return found

    def _work_out(self, sender: int, mac: bytes) -> tuple[int, ...]:
        everybody = mac[0] & 1
        return tuple(i for i, own in enumerate(self.macs) if i != sender and (everybody or own == mac))
