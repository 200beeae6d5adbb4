"""Two programs as a learner might write them by mistake, for `workbench`: one floods its terminal without an end, and
its other half sends so many small segments that the wire carries RATE frames a second; the server takes them all.

Sockets are written and read by their descriptors: the tracer is not the subject here.
"""

from __future__ import annotations

from pathlib import Path

RATE = 20_000
"""Frames that cross the wire in a second, both directions together."""

SERVER = """
import os, socket, sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
connection, _ = listener.accept()
while os.read(connection.fileno(), 65536):
    pass
"""

CLIENT = f"""
import os, socket, sys, time

RATE = {RATE}
LINE = b"the same line, over and over, as fast as the terminal takes it\\n"

def carried():
    fields = next(line for line in open("/proc/net/dev") if "eth0" in line).replace(":", " ").split()
    return int(fields[2]) + int(fields[10])

def send_segments():
    connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    begun, first, due = time.monotonic(), carried(), time.monotonic()
    while True:
        missing = RATE * (time.monotonic() - begun) - (carried() - first)
        for _ in range(min(int(missing / 2), 400)):
            os.write(connection.fileno(), b"a small segment of the learner's")
        tell("frames", carried())
        due = max(due + 0.005, time.monotonic())
        time.sleep(max(due - time.monotonic(), 0))

def tell(name, count):
    with open(name + ".new", "w") as file:
        file.write(f"{{count}} {{time.monotonic_ns()}}")
    os.replace(name + ".new", name + ".count")

def flood():
    block, count = LINE * 128, 0
    while True:
        for _ in range(32):
            count += os.write(1, block)
        tell("flood", count)

if os.fork() == 0:
    send_segments()
else:
    flood()
"""


def lay_out(folder: Path) -> None:
    """Both programs into the folder of the lab chat-server."""
    lab = folder / "netlab-work" / "02-chat-server"
    lab.mkdir(parents=True)
    (lab / "server.py").write_text(SERVER)
    (lab / "client.py").write_text(CLIENT)


def count(folder: Path, name: str) -> tuple[int, int]:
    """What the client counted (`flood`: bytes, `frames`), and when; zeros where it has not begun."""
    path = folder / "netlab-work" / "02-chat-server" / f"{name}.count"
    if not path.exists():
        return 0, 0
    value, at = path.read_text().split()
    return int(value), int(at)
