"""An echo server for any number of clients at once: a thread for each."""

import socket
import sys
import threading

CHUNK = 65536  # bytes that one recv may bring

clients: dict[int, socket.socket] = {}


def serve(connection: socket.socket, address: tuple[str, int]) -> None:
    """Send back what one client sends, until it has finished or is gone."""
    host, port = address
    clients[port] = connection
    with connection:
        try:
            while data := connection.recv(CHUNK):
                clients[port].sendall(data)
        except ConnectionError as error:  # a reset is the end of this client, and of nobody else
            print(f"lost {host}:{port}: {error}")
        else:
            print(f"bye {host}:{port}")


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        print(f"listening on {host}:{port}")
        while True:
            connection, address = listening.accept()
            print(f"hello {address[0]}:{address[1]}")
            threading.Thread(target=serve, args=(connection, address), daemon=True).start()


if __name__ == "__main__":
    main()
