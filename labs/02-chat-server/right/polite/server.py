"""Closes in good order: says that it has finished, waits until the other side has too, and only then lets go."""

import socket
import sys


def close(connection):
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(1024):
        pass
    connection.close()


def answer():
    sys.stdout.write("> ")
    return sys.stdin.readline().rstrip("\n") or answer()


with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((sys.argv[1], int(sys.argv[2])))
    door.listen(1)
    for connection, _ in iter(door.accept, None):
        try:
            while (said := connection.recv(1000).decode()) not in ("", "88"):
                print(said)
                connection.sendall(answer().encode())
            close(connection)
        except OSError as trouble:
            print(trouble)
            connection.close()
