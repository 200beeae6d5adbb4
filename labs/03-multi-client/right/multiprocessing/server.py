"""multiprocessing: a process for each client; those that have ended are joined now and then."""

import multiprocessing
import socket
import sys


def serve(connection):
    with connection:
        try:
            while data := connection.recv(2000):
                connection.sendall(data)
        except OSError as error:
            print(error)


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listening:
        while True:
            connection, _ = listening.accept()
            with connection:
                fork.Process(target=serve, args=(connection,), daemon=True).start()
            fork.active_children()
