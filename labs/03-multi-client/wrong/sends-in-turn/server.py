"""An echo server for any number of clients at once: one thread, by readiness."""

import select
import socket
import sys


def echo(client: socket.socket) -> bool:
    """Whether it is still there."""
    try:
        data = client.recv(65536)
        client.sendall(data)
    except ConnectionError as error:
        print("gone:", error)
        return False
    return bool(data)


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        clients: list[socket.socket] = []
        while True:
            readable, _, _ = select.select([listening, *clients], [], [])
            for ready in readable:
                if ready is listening:
                    clients.append(listening.accept()[0])
                elif not echo(ready):
                    clients.remove(ready)
                    ready.close()


if __name__ == "__main__":
    main()
