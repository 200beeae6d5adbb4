"""Puts traced functions in place of a learner's socket calls: in `socket.socket` itself, whoever has it already.

No error of the tracer's own gets out, and its own frame is taken out of every traceback. Only internet sockets are
written about. What it costs counts, and so does what it leaves alone: hence plain functions and few imports.
"""

from __future__ import annotations

import os
import select
import selectors
import socket
from _socket import AF_INET, AF_INET6
from _socket import socket as native

import netlab_tracer_lines as lines  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_METHODS = (
    *("bind", "listen", "connect", "connect_ex", "accept", "shutdown", "close", "setsockopt"),
    *("send", "sendall", "sendto", "sendmsg", "sendfile"),
    *("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into"),
)
_TLS_METHODS = ("send", "recv", "recv_into", "do_handshake")
_INTERNET = (AF_INET, AF_INET6)
_family: Callable[[socket.socket], int] = native.family.__get__
_known_types: set[type] = set()


def install(path: str, folder: str) -> None:
    """Trace this process and those that it forks; events are appended to the file `path`."""
    lines.begin(path, folder)
    for name in _METHODS:
        _replace(socket.socket, name, _traced(name, getattr(socket.socket, name)))
    _replace(socket.socket, "__init__", _noticed(socket.socket.__init__))
    _replace(socket.socket, "detach", _forgotten(socket.socket.detach))
    for kind in {cls for cls in vars(selectors).values() if isinstance(cls, type) and "select" in vars(cls)}:
        if kind is not selectors.BaseSelector:
            _replace(kind, "select", _traced_wait(vars(kind)["select"], _registered, 1))
    _replace(select, "select", _traced_wait(select.select, _listed, 3))
    for name in ("poll", "epoll"):
        if hasattr(select, name):
            setattr(select, name, _traced_poll(name, getattr(select, name)))
    os.register_at_fork(after_in_child=lines.forked)


def _replace(owner: Any, name: str, function: Callable[..., Any]) -> None:
    original = getattr(owner, name)
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__", "__text_signature__"):
        if hasattr(original, attribute):
            setattr(function, attribute, getattr(original, attribute))
    setattr(owner, name, function)


def _traced(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        call = None if lines.silent or _family(self) not in _INTERNET else lines.entered(name, self, args, kwargs)
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if call is not None:
                lines.raised(call, error)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            raise
        if call is not None:
            lines.returned(call, name, self, args, result)
        return result

    return method


def _noticed(original: Callable[..., None]) -> Callable[..., None]:
    """`__init__`: a descriptor has a new socket, of which nothing is known yet."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            raise
        lines.forget(native.fileno(self))
        if type(self) is not socket.socket:
            _notice_type(type(self))

    return __init__


def _notice_type(kind: type) -> None:
    """TLS sockets have methods of their own, and their module is there only once one of them is."""
    if kind not in _known_types and kind.__module__ == "ssl":
        _known_types.add(kind)
        for name in _TLS_METHODS:
            if name in vars(kind):
                _replace(kind, name, _traced(name, vars(kind)[name]))


def _forgotten(original: Callable[[Any], int]) -> Callable[[Any], int]:
    def detach(self: Any) -> int:
        descriptor = original(self)
        lines.forget(descriptor)
        return descriptor

    return detach


def _traced_wait(original: Callable[..., Any], watched: Callable[..., Any], place: int) -> Callable[..., Any]:
    """A call that waits for several sockets, `watched` of its arguments; the timeout is the argument at `place`."""

    def select(*args: Any, **kwargs: Any) -> Any:
        timeout = args[place] if len(args) > place else kwargs.get("timeout")
        call = None if lines.silent else lines.entered_wait(watched, args, timeout)
        try:
            result = original(*args, **kwargs)
        except BaseException as error:
            if call is not None:
                lines.raised(call, error)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            raise
        if call is not None:
            lines.returned_wait(call, result)
        return result

    return select


def _registered(selector: Any, *_: object) -> int:
    return len(selector.get_map())


def _not_known(*_: object) -> int:
    return -1


def _listed(readers: Any, writers: Any, *_: object) -> int:
    return len(readers) + len(writers)


def _traced_poll(name: str, original: Callable[..., Any]) -> type:
    """Stands for `select.poll` or `select.epoll`, whose own types let nothing be replaced and nobody inherit."""

    class Poll:
        __slots__ = ("_native", "poll")

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._stand_for(original(*args, **kwargs))

        @classmethod
        def fromfd(cls, descriptor: int) -> Poll:
            made = cls.__new__(cls)
            made._stand_for(original.fromfd(descriptor))  # type: ignore[attr-defined]
            return made

        def _stand_for(self, native: Any) -> None:
            self._native = native
            self.poll = _traced_wait(native.poll, _not_known, 0)

        def __getattr__(self, attribute: str) -> Any:
            return getattr(self._native, attribute)

        def __enter__(self) -> Poll:
            self._native.__enter__()
            return self

        def __exit__(self, *exception: object) -> None:
            self._native.__exit__(*exception)

    Poll.__name__ = Poll.__qualname__ = name
    Poll.__module__ = "select"
    Poll.__doc__ = original.__doc__
    return Poll
