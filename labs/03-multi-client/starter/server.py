"""An echo server. It works, for one client. Three gaps are marked with GAP.

Run it (F5) before you change anything: three clients call, and only one of them is answered.
"""

import socket
import sys


def serve(connection: socket.socket, address: tuple[str, int]) -> None:
    """Send back what one client sends, until it has finished."""
    while True:
        data = connection.recv(65536)  # GAP 2: a client that is cut off raises an exception here
        if not data:
            break
        connection.sendall(data)
    print("finished:", address)
    # GAP 3: the client has closed its end of the connection. Who closes ours?


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        print(f"listening on {host}:{port}")
        while True:
            connection, address = listening.accept()
            print("connected:", address)
            serve(connection, address)  # GAP 1: until this returns, nobody else is served


if __name__ == "__main__":
    main()
