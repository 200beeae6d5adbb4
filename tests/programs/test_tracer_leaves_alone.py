"""A traced program says and does what it says and does untraced, whatever happens to the tracer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from netlab.record.events import CallEntered
from tests.programs.traced import PAIR, run_plain, run_traced

ECHO = """
import socket, threading
listener = socket.create_server(("127.0.0.1", 0))
HOST, PORT = listener.getsockname()
def serve(count=1):
    for _ in range(count):
        with listener.accept()[0] as connection:
            while data := connection.recv(4096):
                connection.sendall(data)
threading.Thread(target=serve, daemon=True).start()
"""

PROGRAMS = {
    "plain": ECHO
    + """
with socket.create_connection((HOST, PORT)) as s:
    s.sendall(b"hello"); print(s.recv(100)); s.shutdown(socket.SHUT_WR); print(s.recv(1))
print(s, s.fileno())
""",
    "star": "from socket import *\ns = socket(AF_INET, SOCK_STREAM)\ns.bind(('', 0))\ns.listen()\nprint(s.type)",
    "makefile": ECHO
    + """
with socket.create_connection((HOST, PORT)) as s, s.makefile("rw") as f:
    f.write("one\\ntwo\\n"); f.flush(); print(f.readline(), end=""); print(f.readline(), end="")
""",
    "timeouts": PAIR
    + """
server.settimeout(0.01)
try: server.recv(1)
except socket.timeout as error: print(repr(error), error.__traceback__.tb_next)
server.setblocking(False)
try: server.recv(1)
except BlockingIOError as error: print(error, error.__context__, error.__cause__)
print(client.connect_ex(("127.0.0.1", 1)))
""",
    "wrong use": PAIR
    + """
for wrong in [lambda: client.send("text"), lambda: client.recv(-1), lambda: client.recv(), lambda: client.bind(1, 2),
              lambda: socket.socket(1, 2, 3, 4, 5), lambda: client.sendall(), lambda: client.setsockopt(1)]:
    try: wrong()
    except Exception as error: print(type(error), str(error).replace("_socket.", ""))
client.close(); client.close()
try: client.send(b"x")
except OSError as error: print(error)
""",
    "introspection": """
import inspect, socket, select, sys
for name in ("recv", "accept", "connect", "close", "sendfile"):
    method = getattr(socket.socket, name)
    print(name, method.__name__, method.__qualname__, method.__doc__)
print(sys.path, sys.argv, __name__, __file__, sorted(vars(sys.modules["__main__"])))
print(select.poll.__doc__, select.epoll.__doc__, isinstance(select.epoll(), select.epoll))
""",
    "subclass": PAIR
    + """
class Loud(socket.socket):
    def recv(self, size):
        print("loud"); return super().recv(size)
loud = Loud(fileno=server.detach())
client.send(b"x"); print(loud.recv(5), server.fileno())
""",
    "threads": ECHO
    + """
def talk(n, out):
    with socket.create_connection((HOST, PORT)) as s:
        s.sendall(b"%d" % n); out.append(s.recv(10))
threading.Thread(target=serve, args=(9,), daemon=True).start()
out = []; ts = [threading.Thread(target=talk, args=(n, out)) for n in range(9)]
[t.start() for t in ts]; [t.join() for t in ts]; print(sorted(out))
""",
    "asyncio": """
import asyncio, contextlib
async def echo(reader, writer):
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(100): writer.write(data); await writer.drain()
    writer.close()
class Datagrams(asyncio.DatagramProtocol):
    def connection_made(self, transport): self.transport = transport
    def datagram_received(self, data, address): self.transport.sendto(data, address)
class Client(asyncio.DatagramProtocol):
    def __init__(self): self.got = asyncio.get_running_loop().create_future()
    def datagram_received(self, data, address): self.got.set_result(data)
async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello"); print(await reader.read(100))
    with open(__file__, "rb") as file: print(await asyncio.get_running_loop().sendfile(writer.transport, file) > 100)
    writer.close()
    loop = asyncio.get_running_loop()
    there, _ = await loop.create_datagram_endpoint(Datagrams, ("127.0.0.1", 0))
    here, client = await loop.create_datagram_endpoint(Client, remote_addr=there.get_extra_info("sockname"))
    here.sendto(b"ping"); print(await client.got); here.close(); there.close(); server.close()
asyncio.run(main(), debug=True)
""",
    "selectors": PAIR
    + """
import selectors, select
for kind in (selectors.DefaultSelector, selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    with kind() as selector:
        selector.register(server, selectors.EVENT_READ, "data")
        print(selector.select(0), selector.select(timeout=0.01), len(selector.select(-1)))
        client.send(b"x"); print([(key.data, mask) for key, mask in selector.select()]); server.recv(1)
poll = select.poll(); poll.register(client, select.POLLOUT); print([e for _, e in poll.poll()], poll.poll(0) != [])
with select.epoll() as epoll:
    epoll.register(client, select.EPOLLOUT); print([e for _, e in epoll.poll(1)], epoll.closed)
print(epoll.closed, select.select([], [client], [])[1] == [client])
for wrong in [lambda: poll.poll("x"), lambda: select.select([1.5], [], []), lambda: select.select([], [], [], "x")]:
    try: wrong()
    except Exception as error: print(type(error), error)
""",
    "socketserver": """
import socket, socketserver, threading
class Handler(socketserver.StreamRequestHandler):
    def handle(self): self.wfile.write(self.rfile.readline().upper())
for kind in (socketserver.ThreadingTCPServer, socketserver.ForkingTCPServer):
    with kind(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        with socket.create_connection(server.server_address) as s:
            s.sendall(b"hello\\n"); print(s.recv(100))
        server.shutdown()
""",
    "processes": """
import multiprocessing, socket, subprocess, sys
def child(sock, text):
    sock.sendall(text); sock.close()
if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        listener = socket.create_server(("127.0.0.1", 0))
        client = socket.create_connection(listener.getsockname()); server, _ = listener.accept()
        process = context.Process(target=child, args=(client, method.encode())); process.start(); client.close()
        print(server.recv(100)); process.join(); print(process.exitcode)
    with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, -2]))
    print(subprocess.run([sys.executable, "-c", "import socket; print(socket.socket)"], capture_output=True).stdout)
""",
    "TLS": PAIR
    + """
import ssl, threading
def context(purpose):
    made = ssl.SSLContext(purpose); made.check_hostname = False; made.verify_mode = ssl.CERT_NONE
    made.maximum_version = ssl.TLSVersion.TLSv1_2; made.set_ciphers("aNULL:@SECLEVEL=0"); return made
def serve():
    with context(ssl.PROTOCOL_TLS_SERVER).wrap_socket(server, server_side=True) as s: s.sendall(s.recv(100).upper())
thread = threading.Thread(target=serve); thread.start()
with context(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(client) as s:
    s.sendall(b"secret"); print(s.recv(100), s.version(), repr(ssl.SSLSocket.recv.__name__))
thread.join()
""",
    "uncaught": PAIR + "def f():\n    client.connect(('127.0.0.1', 1))\nf()",
    "refused": "import socket\nsocket.create_connection(('127.0.0.1', 1))",
    "wrong poll": PAIR + "import select\nselect.poll().poll('x')",
    "wrong selector": PAIR + "import selectors\nselectors.DefaultSelector().select('x')",
    "unix": "import socket\na, b = socket.socketpair()\nb.setblocking(False)\nb.recv(1)",
    "wrong socket": PAIR + "socket.socket(family=-2)",
    "accept interrupted": PAIR + "import signal, os\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\n"
    "signal.signal(signal.SIGALRM, signal.default_int_handler)\nlistener.accept()",
    "select interrupted": PAIR + "import signal, select\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\n"
    "signal.signal(signal.SIGALRM, signal.default_int_handler)\nselect.select([server], [], [])",
    "all closed": PAIR + "import os\nfor n in range(3, 1100):\n    try: os.close(n)\n    except OSError: pass\n"
    "f = open(__file__); s = socket.socket(); s.bind(('127.0.0.1', 0)); print(f.fileno(), s.fileno())\n"
    "os.write(1, b'fine\\n'); os._exit(0)",
    "warnings": "import sys, socket\nsocket.socket().bind(('127.0.0.1', 0))\nprint(sys.flags.dev_mode)",
    "exit code": "import socket, sys\nsocket.socket().close()\nsys.exit(77)",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_traced_program_runs_unchanged(tmp_path: Path, name: str) -> None:
    (tmp_path / "program.py").write_text(PROGRAMS[name])
    traced, events = run_traced(tmp_path)
    plain = run_plain(tmp_path)
    assert (traced.stdout.decode(), traced.stderr.decode(), traced.code) == (
        plain.stdout.decode(),
        plain.stderr.decode(),
        plain.code,
    )
    assert plain.stdout or plain.code
    assert any(isinstance(event, CallEntered) for event in events) == (name not in {"introspection", "unix"})


def test_a_module_that_hides_the_real_one_still_does(tmp_path: Path) -> None:
    (tmp_path / "socket.py").write_text("print('mine')")
    (tmp_path / "program.py").write_text("import socket; print(hasattr(socket, 'socket'))")
    done, _ = run_traced(tmp_path)
    assert done.stdout == b"mine\nFalse\n"


def test_another_sitecustomize_runs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("print('site', __name__, __file__.split('/')[-2])")
    (tmp_path / "child.py").write_text("import sitecustomize; print(sitecustomize.__file__.split('/')[-2])")
    (tmp_path / "program.py").write_text(
        "import os, subprocess, sys\n"
        f"os.environ['PYTHONPATH'] += os.pathsep + {str(folder)!r}\n"
        "sys.stdout.flush(); subprocess.run([sys.executable, os.path.join(sys.path[0], 'child.py')])"
    )
    done, _ = run_traced(tmp_path)
    assert done.stdout == b"site sitecustomize elsewhere\nelsewhere\n"


BREAKING = {
    "nowhere to write": "NETLAB_TRACE='/nowhere/at/all'",
    "a folder to write to": "NETLAB_TRACE='/'",
    "no folder named": "NETLAB_TRACE_FOLDER=''",
    "none of it": "NETLAB_TRACE=''",
}


@pytest.mark.parametrize("case", BREAKING)
def test_without_its_file_the_program_runs_on(tmp_path: Path, case: str) -> None:
    (tmp_path / "child.py").write_text(PAIR + "client.send(b'fine'); print(server.recv(9))")
    (tmp_path / "program.py").write_text(
        "import os, subprocess, sys\n"
        f"os.environ.update({BREAKING[case]})\n"
        "subprocess.run([sys.executable, os.path.join(sys.path[0], 'child.py')])"
    )
    done, _ = run_traced(tmp_path)
    assert (done.stdout, done.stderr) == (b"b'fine'\n", b"")


@pytest.mark.parametrize(
    "broken",
    [
        "lines._write = lambda line: 1 / 0",
        "lines._addresses = lambda *args: 1 / 0",
        "lines._shown = None",
        "lines._where = lambda frame: [][0]",
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))",
        "lines._output = 0",
        "lines._path = '/nowhere/at/all'; lines.os.close(lines._output)",
    ],
)
def test_when_the_tracer_fails_the_program_runs_on(tmp_path: Path, broken: str) -> None:
    use = "for _ in range(99): client.send(b'x')\nprint(server.recv(2))"
    (tmp_path / "program.py").write_text(f"import netlab_tracer_lines as lines\n{broken}\n{PAIR}{use}")
    done, _ = run_traced(tmp_path)
    assert (done.code, done.stderr, done.stdout) == (0, b"", b"b'xx'\n")


def test_it_leaves_nothing_beside_what_the_learner_wrote(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("")
    (tmp_path / "program.py").write_text("import other, socket")
    run_traced(tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["other.py", "program.py"]
