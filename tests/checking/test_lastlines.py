"""When the last thing on a terminal is a traceback."""

from __future__ import annotations

from netlab.checking.lastlines import ends_with_traceback

TRACEBACK = """\
Traceback (most recent call last):
  File "client.py", line 3, in <module>
    connection.recv(1)
ConnectionResetError: [Errno 104] Connection reset by peer
"""
CHAINED = TRACEBACK + "\nDuring handling of the above exception, another exception occurred:\n\n" + TRACEBACK


def test_a_program_that_ends_with_a_traceback() -> None:
    assert ends_with_traceback(f"you> hello\n{TRACEBACK}".splitlines())
    assert ends_with_traceback(CHAINED.splitlines())


def test_a_program_that_prints_one_and_goes_on() -> None:
    assert not ends_with_traceback(f"{TRACEBACK}the server closed the connection\n".splitlines())


def test_a_program_that_prints_none() -> None:
    assert not ends_with_traceback(["closed", ""])
    assert not ends_with_traceback([])
