"""What tshark makes of the same bytes, and the words in which netlab says the same."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

from netlab.frames.arp import Arp
from netlab.frames.checksums import checksums
from netlab.frames.decoding import Frame
from netlab.frames.fields import fields
from netlab.frames.icmp import Icmp
from netlab.frames.ipv4 import IPv4
from netlab.frames.ipv6 import Extension, IPv6
from netlab.frames.tcp import Tcp

_DISSECTORS = (
    "frame", "pkt_comment", "eth", "ethertype", "arp", "ip", "ipv6", "ipv6.hopopts", "ipv6.dstopts", "ipv6.fraghdr",
    "ipv6.routing", "ah", "icmp", "icmpv6", "udp", "tcp", "data",
)  # fmt: skip
_PREFERENCES = (
    "ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.desegment_tcp_streams:FALSE",
    "tcp.relative_sequence_numbers:FALSE", "tcp.analyze_sequence_numbers:FALSE", "ip.defragment:FALSE",
    "ipv6.defragment:FALSE",
)  # fmt: skip

# Where netlab and tshark call a field the same, they are compared by that name.
FIELDS = (
    "eth.dst", "eth.src", "eth.type", "arp.opcode", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.dst.hw_mac",
    "arp.dst.proto_ipv4", "ip.len", "ip.id", "ip.frag_offset", "ip.ttl", "ip.proto", "ip.src", "ip.dst", "ipv6.plen",
    "ipv6.nxt", "ipv6.hlim", "ipv6.src", "ipv6.dst", "ipv6.fraghdr.offset", "icmp.type", "icmp.code", "icmp.ident",
    "icmp.seq", "icmpv6.type", "icmpv6.code", "icmpv6.echo.identifier", "icmpv6.echo.sequence_number", "udp.srcport",
    "udp.dstport", "udp.length", "tcp.srcport", "tcp.dstport", "tcp.seq", "tcp.ack", "tcp.flags",
    "tcp.window_size_value", "tcp.len", "tcp.options.mss_val", "tcp.options.wscale.shift",
    "tcp.options.timestamp.tsval", "tcp.options.timestamp.tsecr", "tcp.options.sack_le", "tcp.options.sack_re",
)  # fmt: skip
CHECKSUMS = {
    "IPv4": "ip.checksum.status", "TCP": "tcp.checksum.status", "UDP": "udp.checksum.status",
    "ICMP": "icmp.checksum.status", "ICMPv6": "icmpv6.checksum.status",
}  # fmt: skip
_MANY = ("tcp.options.sack_le", "tcp.options.sack_re")
_HEXADECIMAL = ("eth.type", "ip.id", "tcp.flags", "icmpv6.echo.identifier")
_SAYS_MALFORMED = (
    "Malformed", "length exceeds", "Bogus", "must be exactly", "must be at least", "Bad length", "option length should",
    "past end of options", "too-short option length",
)  # fmt: skip
_KNOWN_OPTIONS = (0, 1, 2, 3, 4, 5, 8)
_RENAMED = {"icmpv6.ident": "icmpv6.echo.identifier", "icmpv6.seq": "icmpv6.echo.sequence_number"}


def tshark(capture: Path, folder: Path) -> list[dict[str, str]]:
    """What it says of each frame: fields by name, empty ones left out; `expert` holds its complaints."""
    wanted = [*FIELDS, *CHECKSUMS.values(), "_ws.malformed", "_ws.expert.message"]
    options = [word for preference in _PREFERENCES for word in ("-o", preference)]
    asked = [word for field in wanted for word in ("-e", field)]
    environment = {**os.environ, "WIRESHARK_CONFIG_DIR": str(_only_ours(folder))}
    done = subprocess.run(
        ["tshark", "-n", "-r", str(capture), *options, "-T", "fields", "-E", "aggregator=|", *asked],
        capture_output=True, text=True, env=environment, check=True,
    )  # fmt: skip
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [{name: value for name, value in zip(wanted, line, strict=True) if value} for line in lines]


def _only_ours(folder: Path) -> Path:
    """A configuration in which every dissector but ours is off: guesses at a payload are no part of the question."""
    (folder / "disabled_protos").write_text("\n".join(sorted(_all_dissectors() - set(_DISSECTORS))) + "\n")
    return folder


@cache
def _all_dissectors() -> set[str]:
    listed = subprocess.run(["tshark", "-G", "protocols"], capture_output=True, text=True, check=True).stdout
    names = {line.split("\t")[2] for line in listed.splitlines()}
    return {name for name in names if not name.startswith("_ws")}


def says_malformed(told: dict[str, str], frame: Frame) -> bool:
    """Whether tshark thinks that the bytes are not what they should be; checksums and odd contents apart.

    It knows the lengths of more TCP options than netlab, which shows the others undecoded.
    """
    complaints = told.get("_ws.expert.message", "").split("|")
    if frame.tcp and any(option.kind not in _KNOWN_OPTIONS for option in frame.tcp.options):
        complaints = [text for text in complaints if not text.startswith("option length should")]
    return "_ws.malformed" in told or any(word in text for text in complaints for word in _SAYS_MALFORMED)


def first(told: dict[str, str], name: str) -> str | None:
    """A field of the outermost layer that has it; hexadecimal numbers as decimal ones."""
    value = told.get(name)
    if value is None or name in _MANY:
        return value
    value = value.split("|")[0]
    return str(int(value, 16)) if name in _HEXADECIMAL else value


def ours(frame: Frame) -> dict[str, tuple[str, int]]:
    """The same fields by netlab: the value in tshark's words, and the offset after its last byte."""
    found: dict[str, tuple[str, int]] = {}
    for layer in frame.layers:
        if isinstance(layer, Arp) and not _is_usual(layer):
            continue  # addresses of other kinds have other names there
        for field in fields(layer):
            name = _RENAMED.get(field.id, field.id)
            if name in FIELDS and name not in found:
                found[name] = _word(name, field.text), field.end
        if isinstance(layer, IPv4):
            found["ip.frag_offset"] = str(layer.fragment_offset >> 3), layer.start + 8
        if isinstance(layer, Extension) and layer.kind == 44:
            found["ipv6.fraghdr.offset"] = str(layer.fragment_offset >> 3), layer.start + 4
        if isinstance(layer, Tcp):
            found |= _of_segment(frame, layer)
    return found


def _is_usual(layer: Arp) -> bool:
    return (layer.hardware_type, layer.protocol_type, layer.hardware_length, layer.protocol_length) == (1, 0x0800, 6, 4)


def _word(name: str, text: str) -> str:
    word = text.split(" ")[0]
    return str(int(word, 16)) if name in _HEXADECIMAL and word.startswith("0x") else word


def _of_segment(frame: Frame, segment: Tcp) -> dict[str, tuple[str, int]]:
    at = segment.start
    found = {"tcp.flags": (str(segment.flags), at + 14)}
    if not frame.is_fragment:  # of a fragment, tshark does not say
        found["tcp.len"] = str(frame.payload_end - frame.payload_start), at + 13
    ends = {option.kind: option.end for option in segment.options}
    if segment.sack_blocks:
        edges = zip(*segment.sack_blocks, strict=True)
        for name, values in zip(_MANY, edges, strict=True):
            found[name] = "|".join(map(str, values)), ends[5]
    if segment.mss is not None:
        found["tcp.options.mss_val"] = str(segment.mss), ends[2]
    if segment.window_scale is not None:
        found["tcp.options.wscale.shift"] = str(segment.window_scale), ends[3]
    if segment.timestamps is not None:
        value, echo = segment.timestamps
        found["tcp.options.timestamp.tsval"] = str(value), ends[8]
        found["tcp.options.timestamp.tsecr"] = str(echo), ends[8]
    return found


def our_checksums(frame: Frame) -> dict[str, str]:
    """`1` for right and `0` for wrong, as tshark has it."""
    protocols = {found.protocol: found for found in checksums(frame)}
    version = 6 if "ICMP" in protocols and frame.icmp and frame.icmp.version == 6 else 4
    names = {**CHECKSUMS, "ICMP": CHECKSUMS["ICMPv6"]} if version == 6 else CHECKSUMS
    return {names[protocol]: str(int(found.right)) for protocol, found in protocols.items()}


def differences(frame: Frame, told: dict[str, str]) -> list[str]:
    """Everything in which the two do not agree, up to the first byte that netlab calls wrong."""
    sound = frame.malformed.at_byte if frame.malformed else len(frame.data)
    mine, found = ours(frame), []
    if says_malformed(told, frame) != bool(frame.malformed) and not _reads_differently(frame):
        found.append(f"malformed: {frame.malformed}, tshark {told.get('_ws.expert.message')}")
    for name in FIELDS:
        value, end = mine.get(name, (None, 0))
        theirs = first(told, name)
        if (value is not None and end <= sound and value != theirs) or (
            value is None and theirs and not _excused(frame, name)
        ):
            found.append(f"{name}: {value}, tshark {theirs}")
    if not frame.malformed and not _reads_differently(frame):
        verified = {name: value for name in CHECKSUMS.values() if (value := first(told, name)) in ("0", "1")}
        found += [f"checksums: {sums}, tshark {verified}"] if (sums := our_checksums(frame)) != verified else []
    return found


def _reads_differently(frame: Frame) -> bool:
    """What netlab leaves undecoded and tshark does not: IPv6's protocols in IPv4 and the reverse, packets in packets.

    Some more: tshark does not miss a header where no byte is left at all, takes a total length of 0 for segmentation
    offload (which netlab's wire turns off), lets padding of IPv6 go past its header's end, and forgives the first
    fragment a header that does not fit.
    """
    inner = frame.layers[-1] if frame.layers else None
    if isinstance(inner, IPv4 | IPv6 | Extension) and frame.payload_start == frame.payload_end:
        return True
    if isinstance(inner, IPv4):
        return inner.total_length == 0 or inner.protocol not in (1, 6, 17) or frame.is_fragment
    if isinstance(inner, IPv6 | Extension):
        padding = frame.malformed is not None and "option 1 goes" in frame.malformed.why
        return padding or frame.is_fragment or (inner.next_header not in (6, 17, 58) and not frame.malformed)
    return isinstance(inner, Icmp) and not inner.is_echo


def _excused(frame: Frame, name: str) -> bool:
    """What tshark reads on after netlab has stopped: behind a wrong byte, in a first fragment that is cut short."""
    odd_arp = frame.arp is not None and not _is_usual(frame.arp) and name.startswith("arp.")
    return (
        bool(frame.malformed)
        or odd_arp
        or _reads_differently(frame)
        or (frame.is_fragment and name.startswith(("tcp.", "udp.", "icmp")))
    )
