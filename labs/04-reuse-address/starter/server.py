"""A server that thanks each client and closes first.

It works. Once. Run the scene "restart" (Ctrl+P) before you change anything: the second start of this very program
fails. Three gaps are marked with GAP.
"""

import socket
import sys


def thank(connection: socket.socket) -> None:
    """One message in, one reply out."""
    if connection.recv(1000):
        connection.sendall(b"Thank you!")


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    listening = socket.socket()
    # GAP 1: an earlier run's TIME-WAIT keeps this port. Which option lets you have it all the same,
    #        and does it go before bind or behind it?
    listening.bind((host, port))  # GAP 2: when another server holds the port: say "in use", exit code 1
    listening.listen()
    print(f"listening on {host}:{port}")
    while True:  # GAP 3: Ctrl-C is how this ends. Quietly, please, with exit code 0
        connection, address = listening.accept()
        print(f"connected: {address[0]}:{address[1]}")
        with connection:
            thank(connection)


if __name__ == "__main__":
    sys.exit(main())
