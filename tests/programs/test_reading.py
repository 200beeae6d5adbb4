"""The tracer's file is read while it is written, and believed no further than it can be read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from netlab.programs.tracer.naming import named
from netlab.programs.tracer.reading import TraceReader, told_as_waiting

ENTERED = ["entered", 5, 2, 2, 1, "recv", 4, "server.py", "serve", 18, "1024", [["10.0.0.2", 7788], None, "tcp"]]
RETURNED = ["returned", 9, 2, 1, 4, "b'hi'", 2, None]


def line(event: list[object]) -> bytes:
    return json.dumps(event).encode() + b"\n"


def test_a_line_that_is_not_whole_yet_comes_later(tmp_path: Path) -> None:
    path = tmp_path / "server.calls"
    reader = TraceReader(path, "server", "server")
    assert reader.refresh() == []
    data = line(ENTERED) + line(RETURNED)
    seen = []
    with path.open("wb", buffering=0) as file:
        for byte in data:
            file.write(bytes([byte]))
            seen += [type(event).__name__ for event in reader.refresh()]
    assert seen == ["CallEntered", "CallReturned"]


def test_what_is_blocked_is_known_with_its_line_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "server.calls"
    path.write_bytes(line(ENTERED))
    reader = TraceReader(path, "server", "server")
    reader.refresh()
    (waiting,) = reader.blocked
    assert told_as_waiting(waiting, 2_000_000_005) == "server.py:18 recv() has been waiting for 2.0 s"
    with path.open("ab") as file:
        file.write(line(RETURNED))
    (returned,) = reader.refresh()
    assert reader.blocked == ()
    assert returned.local == ("10.0.0.2", 7788)  # type: ignore[attr-defined]


def test_the_limit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "server.calls"
    path.write_bytes(line(["stopped", 1, 2]))
    reader = TraceReader(path, "server", "server")
    assert (reader.refresh(), reader.stopped) == ([], True)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe\n",
        b"{}\n",
        b"[]\n",
        b"[1]\n",
        b'["entered"]\n',
        b'["entered", 1, 2]\n',
        b"null\n",
        b"\n",
        b"[" * 99999 + b"\n",
    ],
)
def test_what_is_no_event_is_passed_over(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "server.calls"
    path.write_bytes(garbage + line(ENTERED) + garbage)
    assert len(TraceReader(path, "server", "server").refresh()) == 1


def test_of_a_flood_only_the_newest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netlab.programs.tracer.reading._MOST_AT_ONCE", 3 * len(line(ENTERED)) - 1)
    path = tmp_path / "server.calls"
    path.write_bytes(line(ENTERED) * 100)
    reader = TraceReader(path, "server", "server")
    assert (len(reader.refresh()), reader.stopped) == (2, True)
    assert reader.refresh() == []


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        ("setsockopt", "1, 2, 1", "SOL_SOCKET, SO_REUSEADDR, 1"),
        ("setsockopt", "1, 13, b'\\x01, 2'", "SOL_SOCKET, SO_LINGER, b'\\x01, 2'"),
        ("setsockopt", "6, 1, True", "IPPROTO_TCP, TCP_NODELAY, True"),
        ("setsockopt", "1, 99999, 1", "SOL_SOCKET, 99999, 1"),
        ("setsockopt", "987, 2, 1", "987, 2, 1"),
        ("setsockopt", "", ""),
        ("shutdown", "1", "SHUT_WR"),
        ("shutdown", "7", "7"),
        ("recv", "1024", "1024"),
        ("recv", "1024, 2", "1024, MSG_PEEK"),
        ("recv", "1024, MSG_PEEK", "1024, MSG_PEEK"),
        ("recv_into", "<bytearray of 9 bytes>, 9", "<bytearray of 9 bytes>, 9"),
        ("recv_into", "<bytearray of 9 bytes>, 9, 66", "<bytearray of 9 bytes>, 9, MSG_PEEK|MSG_DONTWAIT"),
        ("send", "b'a, 2'", "b'a, 2'"),
        ("send", "b'a', 1", "b'a', MSG_OOB"),
        ("sendto", "b'1, 2', 64, ('10.0.0.2', 7)", "b'1, 2', MSG_DONTWAIT, ('10.0.0.2', 7)"),
        ("sendto", "b'x', ('10.0.0.2', 7)", "b'x', ('10.0.0.2', 7)"),
        ("listen", "5", "5"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the numbers are Linux's")
def test_numbers_that_have_a_name_are_told_by_it(function: str, arguments: str, told: str) -> None:
    assert named(function, arguments) == told
