"""One thread, readiness, non-blocking sockets: many clients at once."""

import os
import selectors
import socket
import sys

host, port, folder = sys.argv[1], int(sys.argv[2]), os.path.realpath(sys.argv[3])
selector = selectors.DefaultSelector()


def content(name: bytes) -> bytes:
    try:
        path = os.path.realpath(os.path.join(folder, name.decode()))
        if not path.startswith(folder + os.sep):
            return b""
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError):
        return b""


def accept(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    connection.setblocking(False)
    selector.register(connection, selectors.EVENT_READ, receive)


def receive(connection: socket.socket) -> None:
    try:
        name = connection.recv(1000)
    except OSError:
        name = b""
    rest = memoryview(content(name))

    def send(connection: socket.socket) -> None:
        nonlocal rest
        try:
            while rest:
                rest = rest[connection.send(rest) :]
        except BlockingIOError:
            return
        except OSError:
            pass
        selector.unregister(connection)
        connection.close()

    selector.modify(connection, selectors.EVENT_WRITE, send)


door = socket.create_server(("", port), backlog=5)
selector.register(door, selectors.EVENT_READ, accept)
while True:
    for key, _ in selector.select():
        key.data(key.fileobj)
