"""Names for the numbers in a traced call's arguments: `1, 2, 1` of setsockopt is `SOL_SOCKET, SO_REUSEADDR, 1`.

Worked out where the trace is read, by the constants of this machine, on which the program ran too: the tracer itself
writes what it is given and costs the program nothing more. What has no name stays a number.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

_LEVELS = {"SOL_SOCKET": "SO_", "IPPROTO_TCP": "TCP_", "IPPROTO_IP": "IP_", "IPPROTO_IPV6": "IPV6_"}
"""The levels of a socket's options, and how their options' names begin."""
_NO_OPTIONS = ("DEFAULT", "MAX", "J1939", "VM_SOCKETS")
"""Parts of names that look like an option's of that level, and are none."""
_SHUTDOWN = {str(int(getattr(socket, name))): name for name in ("SHUT_RD", "SHUT_WR", "SHUT_RDWR")}
_FLAGS = {int(value): name for name, value in vars(socket).items() if name.startswith("MSG_")}

_LAST = re.compile(r"(?<=, )\d+$")
_BEFORE_ADDRESS = re.compile(r"(?<=, )\d+(?=, [(<])")
_CALLS_WITH_FLAGS = ("send", "sendall", "recv", "recvfrom", "recv_into", "recvfrom_into", "recvmsg")
_FLAGS_OF = {**dict.fromkeys(_CALLS_WITH_FLAGS, _LAST), "sendto": _BEFORE_ADDRESS}
"""Where a call has its flags, if it has any."""
_LEAST = {"recv_into": 3, "recvfrom_into": 3, "recvmsg": 3}
"""Arguments that there must be for the last one to be the flags; else two."""


def _options(level: str, prefix: str) -> dict[str, str]:
    named = {name: value for name, value in vars(socket).items() if name.startswith(prefix)}
    known = {str(int(value)): name for name, value in named.items() if not any(part in name for part in _NO_OPTIONS)}
    return known if hasattr(socket, level) else {}


_OPTIONS = {
    str(int(getattr(socket, level))): (level, _options(level, prefix))
    for level, prefix in _LEVELS.items()
    if hasattr(socket, level)
}


def named(function: str, arguments: str) -> str:
    """The arguments of a call, as the tracer wrote them, with names for what has one."""
    if function in _FLAGS_OF:
        return _with_flags(function, arguments)
    names = _NAMING.get(function)
    return names(arguments) if names is not None else arguments


def _option(arguments: str) -> str:
    level, _, rest = arguments.partition(", ")
    option, _, value = rest.partition(", ")
    name, options = _OPTIONS.get(level, (level, {}))
    return ", ".join(part for part in (name, options.get(option, option), value) if part)


def _direction(arguments: str) -> str:
    return _SHUTDOWN.get(arguments, arguments)


_NAMING: dict[str, Callable[[str], str]] = {"setsockopt": _option, "shutdown": _direction}


def _with_flags(function: str, arguments: str) -> str:
    if arguments.count(", ") + 1 < _LEAST.get(function, 2):
        return arguments
    return _FLAGS_OF[function].sub(lambda found: _flags(int(found[0])), arguments, count=1)


def _flags(value: int) -> str:
    """`MSG_PEEK|MSG_DONTWAIT`; a number where a bit has no name, and for none."""
    names = [name for bit, name in sorted(_FLAGS.items()) if value & bit == bit and bit]
    return "|".join(names) if names and not value & ~sum(bit for bit in _FLAGS if value & bit == bit) else str(value)
