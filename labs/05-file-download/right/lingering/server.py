"""A polite end: FIN first, and the connection is closed only when the client has closed its side, too."""

import contextlib
import os
import socket
import stat
import sys


def inside(folder, name):
    """An open file, reached step by step without ever following a link; or None."""
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not name or name in (".", "..") or "/" in name:
            return None
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    finally:
        os.close(at)


def give(connection, folder):
    try:
        file = inside(folder, str(connection.recv(1000), "utf-8"))
    except (OSError, UnicodeError, ValueError) as error:
        print("refused:", error)
        file = None
    if file is not None:
        with os.fdopen(file, "rb") as content:
            if stat.S_ISREG(os.fstat(content.fileno()).st_mode):
                connection.sendall(content.read())
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass


def main():
    listening = socket.create_server((sys.argv[1], int(sys.argv[2])), reuse_port=False)
    while True:
        connection, _ = listening.accept()
        with contextlib.closing(connection), contextlib.suppress(OSError):
            give(connection, sys.argv[3])


main()
