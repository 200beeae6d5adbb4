"""Closes in good order: says that it has finished, and waits until the server has too."""

import socket
import sys


def main(connection):
    while True:
        while not (line := input()):
            pass
        try:
            connection.sendall(line.encode())
            if line == "88":
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1000):
                    pass
                return 0
            reply = connection.recv(1000)
        except OSError:
            reply = b""
        if not reply:
            print("The other side has CLOSED the line.")
            return 1
        print(reply.decode())


with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    code = main(connection)
sys.exit(code)
