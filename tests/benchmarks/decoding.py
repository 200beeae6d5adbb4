"""Frames decoded per second, beside dpkt: `uv run --with dpkt python tests/benchmarks/decoding.py`.

The mix is that of a bulk transfer with handshakes and some UDP. Rounds alternate, so that both meet the same machine;
the figure is the median of their ratios. The aim: at least four times dpkt.
"""

from __future__ import annotations

import statistics
import struct
import time
from collections.abc import Callable

from netlab.frames.decoding import decode

ETHERNET = bytes.fromhex("020000000002 020000000001 0800")
TIMESTAMPS = bytes.fromhex("0101080a00000001 00000002")
HANDSHAKE = bytes.fromhex("020405b40402080a00000001 00000000 01030307")


def ipv4(protocol: int, payload: bytes) -> bytes:
    """A datagram from 10.0.0.1 to 10.0.0.2."""
    addresses = bytes((10, 0, 0, 1, 10, 0, 0, 2))
    return (
        ETHERNET
        + struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, 64, protocol, 0)
        + addresses
        + payload
    )


def segment(flags: int, options: bytes, payload: bytes = b"") -> bytes:
    """A TCP segment in its datagram."""
    bits = (20 + len(options)) // 4 << 12 | flags
    return ipv4(6, struct.pack("!HHIIHHHH", 40112, 7788, 1, 1, bits, 501, 0, 0) + options + payload)


def mix() -> list[bytes]:
    """1,000 frames."""
    data, ack = segment(0x18, TIMESTAMPS, b"x" * 1448), segment(0x10, TIMESTAMPS)
    syn = segment(0x02, HANDSHAKE)
    datagram = ipv4(17, struct.pack("!HHHH", 40112, 7788, 13, 0) + b"hello")
    return [syn] * 20 + [data] * 500 + [ack] * 430 + [datagram] * 50


def seconds(work: Callable[[bytes], object], frames: list[bytes], rounds: int) -> float:
    """Processor time for every frame, so many times over: what else the machine does is no part of it."""
    start = time.process_time()
    for _ in range(rounds):
        for frame in frames:
            work(frame)
    return time.process_time() - start


def main() -> None:
    import dpkt  # type: ignore[import-not-found, unused-ignore]

    frames, rounds = mix(), 20
    ours, theirs = [], []
    for _ in range(9):
        ours.append(seconds(decode, frames, rounds))
        theirs.append(seconds(dpkt.ethernet.Ethernet, frames, rounds))
    count = len(frames) * rounds
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    print(f"netlab {count / statistics.median(ours):>9,.0f} frames/s")
    print(f"dpkt   {count / statistics.median(theirs):>9,.0f} frames/s")
    print(f"ratio  {statistics.median(ratios):>9.1f}")


if __name__ == "__main__":
    main()
