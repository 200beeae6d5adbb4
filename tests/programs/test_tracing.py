"""What the tracer says about a program's calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from netlab.programs.tracer.reading import blocked
from netlab.record.events import CallEntered, CallReturned
from tests.programs.traced import PAIR, calls_of, run_traced

FUNCTION = (
    PAIR
    + """
def talk():
    client.sendall(b"hello")
    return server.recv(100)
talk()
"""
)


def test_a_call_names_its_line_its_function_and_what_went_in_and_out(tmp_path: Path) -> None:
    (sent, sent_back), (received, received_back) = calls_of(tmp_path, FUNCTION)[-2:]
    assert sent_back is not None
    assert received_back is not None
    assert (sent.file, sent.line, sent.within, sent.function) == ("program.py", 8, "talk", "sendall")
    assert (sent.arguments, sent_back.size) == ("b'hello'", 5)
    assert (received.function, received_back.result, received_back.size) == ("recv", "b'hello'", 5)
    assert sent.at < sent_back.at < received.at < received_back.at
    assert (received.remote, received.local) == (sent.local, sent.remote)


def test_connecting_names_both_addresses(tmp_path: Path) -> None:
    calls = {entered.function: (entered, returned) for entered, returned in calls_of(tmp_path, PAIR)}
    bound, bound_back = calls["bind"]
    connecting, connected = calls["connect"]
    accepting, accepted = calls["accept"]
    assert bound_back
    assert connected
    assert accepted
    assert (bound.local, bound_back.local) == (("0.0.0.0", 0), accepting.local)
    assert connecting.remote == connected.remote == accepting.local
    assert (accepted.local, accepted.remote) == (connected.remote, connected.local)
    assert accepting.arguments == ""
    assert accepted.result.startswith("(<socket>, ('127.0.0.1', ")


def test_a_descriptor_used_again_is_another_socket(tmp_path: Path) -> None:
    code = (
        PAIR + "del client\nserver.recv(1)\nnew = socket.socket(type=socket.SOCK_DGRAM)\nnew.bind(('127.0.0.1', 0))\n"
    )
    bound, _ = calls_of(tmp_path, code)[-1]
    assert (bound.function, bound.protocol, bound.local) == ("bind", "udp", ("0.0.0.0", 0))


def test_datagrams(tmp_path: Path) -> None:
    code = """
import socket
a, b = (socket.socket(type=socket.SOCK_DGRAM) for _ in "ab")
b.bind(("127.0.0.1", 0))
a.sendto(b"", b.getsockname())
a.sendto(b"xy", b.getsockname())
b.recvfrom(10)
b.recvfrom_into(bytearray(10))
"""
    _, (first, first_back), (second, second_back), (_, got), (_, got_into) = calls_of(tmp_path, code)
    assert [back.size for back in (first_back, second_back, got, got_into) if back] == [0, 2, 0, 2]
    assert first_back
    assert second.protocol == "udp"
    assert first.local == ("0.0.0.0", 0)
    assert second.local == first_back.local
    assert second.arguments.startswith("b'xy', ('127.0.0.1', ")


def test_an_exception_is_told(tmp_path: Path) -> None:
    code = "import socket\ntry: socket.create_connection(('127.0.0.1', 1))\nexcept OSError: pass\n"
    connecting, back = calls_of(tmp_path, code)[0]
    assert back is not None
    assert (connecting.line, connecting.remote) == (2, ("127.0.0.1", 1))
    assert back.error == "ConnectionRefusedError: [Errno 111] Connection refused"


@pytest.mark.parametrize(
    ("code", "function", "result"),
    [
        ("client.makefile('w').write('hi\\n')", "send", "3"),
        ("client.sendfile(open(__file__, 'rb'))", "sendfile", ""),
        ("server.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)", "setsockopt", "None"),
        ("client.shutdown(socket.SHUT_WR)", "shutdown", "None"),
        ("client.send(b'x' * 5000)", "send", "5000"),
        ("__import__('select').select([listener, server], [client], [], 9)", "select", "1 ready"),
    ],
)
def test_calls_of_all_kinds(tmp_path: Path, code: str, function: str, result: str) -> None:
    found = [(entered, back) for entered, back in calls_of(tmp_path, PAIR + code) if entered.function == function]
    entered, back = found[-1]
    assert back is not None
    assert (entered.line, back.result) == (6, result or str((tmp_path / "program.py").stat().st_size))
    assert len(entered.arguments) <= 200


@pytest.mark.parametrize(
    "wait",
    [
        "import selectors; s = selectors.DefaultSelector(); s.register(server, 1); s.select(5)",
        "import select; p = select.poll(); p.register(server, 1); p.poll(5000)",
        "import select; p = select.epoll(); p.register(server.fileno(), 1); p.poll(5)",
    ],
)
def test_waiting_for_several_sockets_is_a_call(tmp_path: Path, wait: str) -> None:
    waiting, back = calls_of(tmp_path, PAIR + "client.send(b'x')\n" + wait)[-1]
    assert back is not None
    assert (waiting.function, waiting.line, back.result) == ("select", 7, "1 ready")


def test_the_line_is_the_learners_however_deep_the_library(tmp_path: Path) -> None:
    code = PAIR + "import io\nclient.sendall(b'one\\n')\nreader = server.makefile('r')\nreader.readline()\n"
    received, _ = calls_of(tmp_path, code)[-1]
    assert (received.function, received.file, received.line) == ("recv_into", "program.py", 9)


def test_a_module_of_the_learners_is_named_and_an_installed_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "net.py").write_text("def send(sock):\n    sock.send(b'x')\n")
    installed = tmp_path / ".venv" / "lib" / "site-packages"
    installed.mkdir(parents=True)
    (installed / "lib.py").write_text("def send(sock):\n    sock.send(b'x')\n")
    code = f"{PAIR}import sys\nsys.path.append({str(installed)!r})\nimport lib, own.net\n"
    code += "own.net.send(client)\nlib.send(client)"
    own, library = (entered for entered, _ in calls_of(tmp_path, code)[-2:])
    assert (own.file, own.line, own.within) == ("own/net.py", 2, "send")
    assert (library.file, library.line, library.within) == ("program.py", 10, "<module>")


def test_threads_are_told_apart(tmp_path: Path) -> None:
    code = (
        PAIR
        + """
import threading
thread = threading.Thread(target=lambda: server.recv(1))
thread.start(); client.send(b"x"); thread.join()
"""
    )
    calls = {entered.function: entered for entered, _ in calls_of(tmp_path, code)}
    assert calls["recv"].thread != calls["send"].thread == calls["send"].pid
    assert calls["recv"].within == "<lambda>"


@pytest.mark.parametrize(
    "child",
    [
        "import os; os.fork() or (client.send(b'x'), os._exit(0)); os.wait()",
        "import multiprocessing as m; p = m.Process(target=client.send, args=(b'x',)); p.start(); p.join()",
    ],
)
def test_forked_processes_are_seen(tmp_path: Path, child: str) -> None:
    calls = [entered for entered, _ in calls_of(tmp_path, PAIR + child)]
    sent = next(call for call in calls if call.function == "send")
    assert sent.pid != calls[0].pid
    assert sent.local is not None


def test_a_started_python_is_seen(tmp_path: Path) -> None:
    (tmp_path / "child.py").write_text("import socket\nsocket.socket().bind(('127.0.0.1', 0))\n")
    code = "import subprocess, sys; subprocess.run([sys.executable, 'child.py'], cwd=sys.path[0], check=True)"
    bound, _ = calls_of(tmp_path, code)[0]
    assert (bound.file, bound.line) == ("child.py", 2)


def test_asyncio_is_seen_at_the_line_that_runs_it(tmp_path: Path) -> None:
    code = """
import asyncio
async def main():
    server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await reader.read()
    writer.close()
asyncio.run(main())
"""
    calls = calls_of(tmp_path, code)
    functions = {entered.function for entered, _ in calls}
    assert {"bind", "listen", "connect", "accept", "recv", "close", "select"} <= functions
    assert {entered.line for entered, _ in calls if entered.function == "recv"} == {8}


def test_what_is_no_internet_socket_is_not_told(tmp_path: Path) -> None:
    code = "import socket\na, b = socket.socketpair()\na.send(b'x'); b.recv(1); a.close()\nopen(__file__).read()"
    assert calls_of(tmp_path, code) == []


def test_a_call_that_does_not_come_back_is_blocked(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        PAIR + "import os, threading\nthreading.Timer(0.1, os._exit, [0]).start()\nserver.recv(1)"
    )
    _, events = run_traced(tmp_path)
    (waiting,) = blocked(events)
    assert (waiting.function, waiting.line) == ("recv", 8)


def test_a_program_started_again_has_calls_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PAIR)
    run_traced(tmp_path)
    _, events = run_traced(tmp_path)
    calls = [event.call for event in events if isinstance(event, CallEntered)]
    assert len(calls) == len(set(calls)) > 6


def test_there_is_a_limit_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "import netlab_tracer_lines\nnetlab_tracer_lines.LIMIT = 9000\n"
        + PAIR
        + "for _ in range(99): client.send(b'x')"
    )
    done, events = run_traced(tmp_path)
    assert (done.code, done.stderr) == (0, b"")
    assert 10 < sum(isinstance(event, CallReturned) for event in events) < 99
