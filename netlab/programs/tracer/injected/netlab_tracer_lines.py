"""What the tracer writes: a line of JSON when a call goes in, one when it is back. None of it ever raises.

Each line goes out with one write(2), appended, so that processes may share the file. After an error of its own the
tracer falls silent. The JSON is put together by hand: two lines and a call are to cost less than 6 us. Times are ns of
CLOCK_MONOTONIC; `addresses` is [local, remote, protocol] where they may be new, else null; of accept, those of the new
socket, and its descriptor.

["began", at, pid]: a Python was started; the calls of one that had this pid before will not come back
["entered", at, pid, thread, call, function, descriptor, file, within, line, arguments, addresses]
["returned", at, pid, call, descriptor, result, size, addresses] or ["raised", at, pid, call, descriptor, error]
["stopped", at, pid]: this process has written LIMIT bytes, and writes no more
"""

from __future__ import annotations

import itertools
import os
import sys
from _json import encode_basestring_ascii as quote
from _socket import SOCK_DGRAM, SOCK_STREAM
from _socket import socket as native
from _thread import get_native_id
from time import monotonic_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    Call = tuple[int, int]  # its number, and the socket's descriptor

LIMIT = 24 << 20
_EXCERPT = 200
_DESCRIPTOR = 1023  # high up, where no other file is opened after somebody closed all descriptors
_EBADF = 9
_PROTOCOLS = {int(SOCK_STREAM): "tcp", int(SOCK_DGRAM): "udp"}

_MOVES_ADDRESSES = {"bind", "connect", "connect_ex", "listen", "sendto", "sendmsg"}
_TAKES_ADDRESS = {"connect", "connect_ex"}
_COUNTS = {"send", "sendto", "sendmsg", "sendfile", "recv_into"}
_GIVES_DATA_FIRST = {"recvfrom", "recvmsg"}
_COUNTS_FIRST = {"recvfrom_into", "recvmsg_into"}

silent = False
_path = _folder = ""
_output = -1
_written = 0
_pid = os.getpid()
_calls = itertools.count(1)
_places: dict[str, str | None] = {}  # name of a file -> the name in the learner's folder, in JSON, or None
_settled: set[int] = set()  # descriptors whose addresses have been written and will not change
_type: Callable[[Any], int] = native.type.__get__


def begin(path: str, folder: str) -> None:
    """Write to this file, about the lines of code in this folder."""
    global _path, _folder
    _path, _folder = path, os.path.join(folder, "")
    _open()
    _write(f'["began",{monotonic_ns()},{_pid}]\n')


def _open() -> None:
    global _output
    _output = os.open(_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        high = os.dup2(_output, _DESCRIPTOR, inheritable=False)
    except OSError:
        return
    os.close(_output)
    _output = high


def forked() -> None:
    """This is a new process: it has sockets of its own from now on."""
    global _pid, _written
    _pid, _written = os.getpid(), 0
    _settled.clear()


def forget(descriptor: int) -> None:
    """The descriptor has another socket now, or none."""
    _settled.discard(descriptor)


def entered(name: str, sock: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
    """A method of a socket was called, by the frame two up from here."""
    try:
        call, descriptor = next(_calls), sock.fileno()
        addresses = "null" if descriptor in _settled else _addresses(sock, descriptor, name, args)
        where = _where(sys._getframe(2))
        text = quote(_arguments(args, kwargs))
        about = f'{call},"{name}",{descriptor},{where},{text},{addresses}'
        _write(f'["entered",{monotonic_ns()},{_pid},{get_native_id()},{about}]\n')
        if name == "close":
            _settled.discard(descriptor)
        return call, descriptor
    except Exception:
        return _fall_silent()


def returned(call: Call, name: str, sock: Any, args: tuple[Any, ...], result: Any) -> None:
    """It came back."""
    if silent:
        return
    try:
        addresses = "null"
        if name == "accept":
            addresses = _addresses(result[0], result[0].fileno())[:-1] + f",{result[0].fileno()}]"
        elif name in _MOVES_ADDRESSES and call[1] not in _settled:
            addresses = _addresses(sock, call[1], name)
        text, size = _result(name, args, result)
        _write(f'["returned",{monotonic_ns()},{_pid},{call[0]},{call[1]},{quote(text)},{size},{addresses}]\n')
    except Exception:
        _fall_silent()


def raised(call: Call, error: BaseException) -> None:
    """It came back with an exception. Only the system's are asked for their text: others' may do anything."""
    if silent:
        return
    try:
        text = f"{type(error).__name__}: {error}" if isinstance(error, OSError) else type(error).__name__
        _write(f'["raised",{monotonic_ns()},{_pid},{call[0]},{call[1]},{quote(_cut(text))}]\n')
    except Exception:
        _fall_silent()


def entered_wait(watched: Callable[..., int], args: tuple[Any, ...], timeout: Any) -> Call | None:
    """A select, poll or the like was called, by the frame two up from here; None where it does not wait."""
    try:
        if type(timeout) in (int, float) and timeout == 0:
            return None
        call = next(_calls)
        where = _where(sys._getframe(2))
        about = f'{call},"select",-1,{where},{quote(_wait_arguments(watched, args, timeout))},null'
        _write(f'["entered",{monotonic_ns()},{_pid},{get_native_id()},{about}]\n')
        return call, -1
    except Exception:
        return _fall_silent()


def _wait_arguments(watched: Callable[..., int], args: tuple[Any, ...], timeout: Any) -> str:
    try:
        count = watched(*args)
    except Exception:  # what is wrong with the arguments, the call itself is to say
        count = -1
    told = [f"{count} watched"] if count >= 0 else []
    return ", ".join(told + ([f"timeout={_shown(timeout)}"] if timeout is not None else []))


def returned_wait(call: Call, result: Any) -> None:
    """It came back."""
    if silent:
        return
    try:
        ready = sum(map(len, result)) if isinstance(result, tuple) else len(result)
        _write(f'["returned",{monotonic_ns()},{_pid},{call[0]},-1,"{ready} ready",-1,null]\n')
    except Exception:
        _fall_silent()


def _fall_silent() -> Call:
    global silent
    silent = True
    return 0, -1


def _write(line: str) -> None:
    global _written
    data = line.encode()
    _written += len(data)
    if _written > LIMIT:
        _fall_silent()
        data = f'["stopped",{monotonic_ns()},{_pid}]\n'.encode()
    try:
        os.write(_output, data)
    except OSError as error:
        if error.errno != _EBADF:  # the program has closed all descriptors
            raise
        _open()
        os.write(_output, data)


def _where(frame: FrameType | None) -> str:
    """`"file","function",line` of the nearest frame in the learner's folder."""
    while frame is not None:
        path = frame.f_code.co_filename
        try:
            place = _places[path]
        except KeyError:
            place = _places[path] = _place(path)
        if place is not None:
            return f"{place},{quote(frame.f_code.co_name)},{frame.f_lineno}"
        frame = frame.f_back
    return '"","",0'


def _place(path: str) -> str | None:
    if not path.startswith(_folder) or "/site-packages/" in path or "/.venv/" in path:
        return None
    return quote(path[len(_folder) :])


def _addresses(sock: Any, descriptor: int, name: str = "", args: tuple[Any, ...] = ()) -> str:
    """`[local,remote,protocol]`; a socket is settled when both are known, or will not come."""
    protocol = _PROTOCOLS.get(_type(sock), "raw")
    local, remote = _address(sock.getsockname), _address(sock.getpeername)
    if remote or (name == "listen" and not args) or (protocol == "udp" and local and local[1]):
        _settled.add(descriptor)
    if remote is None and name in _TAKES_ADDRESS and args and type(args[0]) is tuple:
        remote = args[0]
    return f'[{_pair(local)},{_pair(remote)},"{protocol}"]'


def _address(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except OSError:
        return None


def _pair(address: Any) -> str:
    if not address or type(address[0]) is not str or type(address[1]) is not int:
        return "null"
    return f"[{quote(address[0])},{address[1]}]"


def _arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    if len(args) == 1 and not kwargs:
        return _shown(args[0])
    shown = [_shown(argument) for argument in args]
    shown += [f"{name}={_shown(argument)}" for name, argument in kwargs.items()]
    return _cut(", ".join(shown))


def _shown(value: Any) -> str:
    """As it would be written. Only plain values are asked for their repr: others' may do anything."""
    kind = type(value)
    if kind is bytes or kind is str:
        return _cut(repr(value[:_EXCERPT]))
    if kind is int:
        return str(value)
    if kind is tuple:
        return f"({', '.join([_shown(item) for item in value[:8]])})"
    if kind is bytearray or kind is memoryview:
        return f"<{kind.__name__} of {memoryview(value).nbytes} bytes>"
    if value is None or kind in (bool, float):
        return repr(value)
    return f"{value.name}" if kind.__module__ == "socket" and hasattr(value, "name") else f"<{kind.__name__}>"


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "\u2026"


def _result(name: str, args: tuple[Any, ...], result: Any) -> tuple[str, int]:
    """What came back, as text, and how many bytes were moved (-1: it is no such call)."""
    if name == "recv":
        return _shown(result), len(result)
    if name in _COUNTS:
        return str(result), result
    if name == "sendall":
        return "None", memoryview(args[0]).nbytes
    if name in _GIVES_DATA_FIRST:
        return _shown(result), len(result[0])
    if name in _COUNTS_FIRST:
        return _shown(result), result[0]
    return _shown(result), -1
