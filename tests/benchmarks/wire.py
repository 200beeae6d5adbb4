"""The wire's speed: to open, to carry bulk and single messages, and its processor time with ten rules loaded.

    python -m tests.benchmarks.wire                          # netlab alone
    python -m venv /tmp/s && /tmp/s/bin/pip install scapy    # scapy is GPL and no dependency: put it elsewhere
    python -m tests.benchmarks.wire --scapy /tmp/s/bin/python

Prints medians. With `--scapy`, its `bridge_and_sniff` carries the same traffic between the same two interfaces.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from netlab.network.entering import inside_command, is_inside
from netlab.network.hosts import Host, HostSpec
from netlab.network.links import add_links, configure, prepare
from netlab.network.namespaces import Namespace
from netlab.network.private import PrivateNetwork, open_private
from netlab.network.rulefile import parse_rules
from netlab.processes.spawning import PIPE, Process, spawn

SPECS = (HostSpec("client", "10.0.0.1"), HostSpec("server", "10.0.0.2"))
SERVER = ("10.0.0.2", 7788)

TEN_RULES = "".join(
    f'[[rule]]\ndo = "drop"\n{match}\n'
    for match in (
        'flags = "RST"', 'flags = "SYN"\nnth = 1000', 'protocol = "udp"', 'protocol = "arp"', "port = 80",
        'from = "server"\npayload = true\nevery = 1000000000', "to_port = 53", 'protocol = "icmp"',
        'flags = "FIN"\nnth = 1000',
        'protocol = "tcp"\npayload = true\nfrom = "client"\nevery = 1000000000',
    )
)  # fmt: skip
"""Two of them mean every segment with payload, and count it."""

# A server in an interpreter of its own: takes so many bytes, or sends back what comes, and then says `.`.
_PEER = """
import socket, sys
size, listener = int(sys.argv[1]), socket.create_server(("", 7788))
print("listening", flush=True)
while True:
    one, _ = listener.accept()
    one.setsockopt(6, 1, 1)
    got, buffer = 0, bytearray(1 << 20)
    while n := one.recv_into(buffer):
        got += n
        if not size: one.sendall(buffer[:n])
        elif got >= size: one.sendall(b"."); got = 0
"""


@contextmanager
def peer(host: Host, size: int) -> Iterator[Process]:
    """A server on a host: a sink for `size` bytes at a time, or an echo for 0."""
    with host.inside():
        process = spawn([sys.executable, "-c", _PEER, str(size)], stdout=PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process
    finally:
        process.end_now()


def bulk(client: Host, server: Host, size: int, rounds: int = 5) -> float:
    """MB/s."""
    with peer(server, size), client.socket() as one:
        one.connect(SERVER)
        block = bytes(1 << 20)

        def send() -> None:
            left = size
            while left > 0:
                left -= one.send(block[:left])
            one.recv(1)

        return size / 1e6 / median(send, rounds)


def round_trip(client: Host, server: Host, rounds: int = 5000) -> float:
    """Microseconds for 10 bytes there and back."""
    with peer(server, 0), client.socket() as one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.connect(SERVER)

        def ask() -> None:
            one.send(b"0123456789")
            one.recv(10)

        return 1e6 * median(ask, rounds)


def median(action: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    return statistics.median(_timed(action) for _ in range(rounds))


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def processor_seconds(pid: int) -> float:
    """What a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure_opening(rounds: int = 21) -> None:
    opened, closed = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        network = await open_private(SPECS)
        ready = time.perf_counter()
        await network.close()
        opened.append(ready - began)
        closed.append(time.perf_counter() - ready)
    say("open a network of two hosts", 1e3 * statistics.median(opened), "ms")
    say("close it", 1e3 * statistics.median(closed), "ms")


async def measure_wire(name: str, script: str, size: int) -> None:
    network = await open_private(SPECS, rules=parse_rules(script, ("client", "server")), log_limit=4 << 30)
    client, server = network.hosts["client"], network.hosts["server"]
    say(f"{name}: round trip of 10 bytes", round_trip(client, server), "us")
    await network.wire.flush()
    await measure_bulk(name, network, size)
    await network.close()


async def measure_bulk(name: str, network: PrivateNetwork, size: int) -> None:
    before, frames = processor_seconds(network.wire.process.pid), await carried(network)
    say(f"{name}: bulk TCP", bulk(network.hosts["client"], network.hosts["server"], size), "MB/s")
    used, frames = processor_seconds(network.wire.process.pid) - before, await carried(network) - frames
    say(f"{name}: frames in a second of the wire's processor time", frames / used, "")
    say(f"{name}: frames lost", await lost(network), "")


async def carried(network: PrivateNetwork) -> int:
    """Frames that the wire has numbered."""
    return (await network.wire.status()).frames


async def lost(network: PrivateNetwork) -> int:
    """Frames that the wire did not keep."""
    return (await network.wire.status()).lost


def measure_scapy(python: str, size: int) -> None:
    room, hosts = Namespace(), {spec.name: Host(spec.name, spec.address, Namespace()) for spec in SPECS}
    for host in hosts.values():
        prepare(host.namespace)
    add_links(room, [(index, host.address, host.namespace) for index, host in enumerate(hosts.values())])
    for host in hosts.values():
        configure(
            host.namespace, host.address, [other.address for other in hosts.values() if other is not host], arp=False
        )
    bridge = (
        "from scapy.all import bridge_and_sniff; print('ready', flush=True); bridge_and_sniff('w0', 'w1', store=False)"
    )
    with room.inside():
        process = spawn([python, "-c", bridge], stdout=PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    until_it_carries(hosts["client"], hosts["server"])
    say("scapy: round trip of 10 bytes", round_trip(hosts["client"], hosts["server"], 500), "us")
    say("scapy: bulk TCP", bulk(hosts["client"], hosts["server"], size // 10, 3), "MB/s")
    process.end_now()


def until_it_carries(client: Host, server: Host) -> None:
    """scapy says nothing when it has opened its sockets; the kernel's second SYN gets through."""
    with peer(server, 0), client.socket() as one:
        one.connect(SERVER)


def say(what: str, value: float, unit: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{what:<62} {value:>12,.1f} {unit}\n")
    sys.stdout.flush()


async def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scapy", help="a Python that has scapy")
    parser.add_argument("--megabytes", type=int, default=100, help="bulk TCP a round; a tenth of it for scapy")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    await measure_opening()
    await measure_wire("wire", "", options.megabytes * 1_000_000)
    await measure_wire("wire, ten rules", TEN_RULES, options.megabytes * 1_000_000)
    if options.scapy:
        measure_scapy(options.scapy, options.megabytes * 1_000_000)


if __name__ == "__main__":
    if not is_inside():
        command = inside_command([sys.executable, "-m", "tests.benchmarks.wire", *sys.argv[1:]])
        os.execvp(command[0], command)
    asyncio.run(main())
