"""A client to visit your server with. It is finished; your work is in server.py.

It says one thing, shows the answer, waits until the server has closed, and only then closes too.
"""

import socket
import sys


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_connection((host, port)) as connection:
        connection.sendall(b"hello")
        while data := connection.recv(1000):
            print("the server says:", data.decode())
        print("the server has closed")


if __name__ == "__main__":
    main()
