"""An echo server for any number of clients at once: a process for each."""

import os
import signal
import socket
import sys


def serve(connection: socket.socket) -> None:
    try:
        while data := connection.recv(65536):
            connection.sendall(data)
    except ConnectionError as error:
        print("gone:", error)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    host, port = sys.argv[1], int(sys.argv[2])
    served = []
    with socket.create_server((host, port)) as listening:
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                serve(connection)
                os._exit(0)
            served.append(connection)


if __name__ == "__main__":
    main()
