"""Joins hosts to the wire: veth pairs, addresses, routes, and the offloads turned off.

A host's end is `eth0` in its own namespace. The other end, `w0`, `w1`, ..., lies in the wire's room, a namespace that
no program is ever in. With offloads on, the kernel would hand the wire segments of 64 KB with checksums left blank.
"""

from __future__ import annotations

import array
import fcntl
import socket
import struct
from collections.abc import Iterable, Sequence
from contextlib import suppress

from netlab.errors import UnavailableError
from netlab.network.namespaces import Namespace, write_sysctl
from netlab.processes.spawning import run

PREFIX_LENGTH = 24

_SIOCETHTOOL = 0x8946
# ethtool commands that take one value, linux/ethtool.h: rx and tx checksums, scatter-gather, TSO, GSO, GRO.
_OFFLOADS = (0x15, 0x17, 0x19, 0x1F, 0x24, 0x2C)

_TABLES = ("tcp_child_ehash_entries", "udp_child_hash_entries")
_SLOTS = 1024


def mac_of(address: str) -> str:
    """A MAC address that stays the same from run to run: locally administered, the address's last byte at its end."""
    return f"02:00:00:00:00:{int(address.rpartition('.')[2]):02x}"


def add_links(room: Namespace, hosts: Sequence[tuple[int, str, Namespace]]) -> None:
    """Make the veth pair of each host, given as its index, address and namespace."""
    with room.inside():
        _without_ipv6()
        _ip(
            line
            for index, address, namespace in hosts
            for line in (
                f"link add w{index} type veth peer name eth0 address {mac_of(address)} netns {namespace.path}",
                f"link set w{index} up",
            )
        )
        for index, _, _ in hosts:
            _turn_offloads_off(f"w{index}")


def delete_link(room: Namespace, index: int) -> None:
    """Pull out one host's cable: both ends of the pair are gone."""
    with room.inside():
        _ip([f"link delete w{index}"])


def make_host(room: Namespace) -> Namespace:
    """A new namespace, with small socket tables of its own, made from inside `room` because they are its setting.

    Else hosts share the machine's, and each look at a host's sockets walks through some 262,144 slots: 165 us, not 12
    (tcp_child_ehash_entries in the kernel's ip-sysctl.rst; since Linux 6.1).
    """
    with room.inside():
        for table in _TABLES:
            with suppress(OSError):  # an older kernel has no such setting
                write_sysctl(f"net/ipv4/{table}", str(_SLOTS))
        return Namespace()


def prepare(namespace: Namespace) -> None:
    """Before a new host gets its link: what its interfaces inherit."""
    with namespace.inside():
        _without_ipv6()
        with suppress(OSError):  # a kernel that has no reno to give keeps what it has
            write_sysctl("net/ipv4/tcp_congestion_control", "reno")


def configure(namespace: Namespace, address: str, neighbours: Sequence[str], *, arp: bool) -> None:
    """Bring up a host that has its link: loopback, address, a route that acknowledges promptly, and its neighbours.

    The host's end comes up after the wire's, which `add_links` has brought up: the kernel makes the second of a pair
    able to send before it returns, and the first a while later (see `packets.open_sender`).

    `quickack` keeps the acknowledgement of a FIN apart from the FIN that may follow it. Without `arp`, the neighbours'
    MAC addresses are known for good and no frame asks for them.
    """
    network = address.rpartition(".")[0] + f".0/{PREFIX_LENGTH}"
    with namespace.inside():
        _turn_offloads_off("eth0")
        _ip(
            [
                "link set lo up",
                "link set eth0 up",
                f"address add {address}/{PREFIX_LENGTH} broadcast + dev eth0 noprefixroute",
                f"route add {network} dev eth0 src {address} quickack 1",
                *(
                    f"neighbour add {other} lladdr {mac_of(other)} dev eth0 nud permanent"
                    for other in neighbours
                    if not arp
                ),
            ]
        )


def _ip(lines: Iterable[str]) -> None:
    done = run(["ip", "-batch", "-"], input="\n".join(lines).encode(), timeout=10)
    if done.code != 0:
        raise UnavailableError(f"ip could not set up a host: {done.stderr.decode(errors='replace').strip()}")


def _without_ipv6() -> None:
    """New interfaces get no IPv6 address: asking for routers and reporting groups explains nothing."""
    with suppress(FileNotFoundError):  # a kernel without IPv6
        write_sysctl("net/ipv6/conf/default/disable_ipv6", "1")


def _turn_offloads_off(interface: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for command in _OFFLOADS:
            value = array.array("I", [command, 0])
            request = struct.pack("16sP", interface.encode(), value.buffer_info()[0])
            with suppress(OSError):  # what this kernel's veth cannot do needs no turning off
                fcntl.ioctl(probe, _SIOCETHTOOL, request)
