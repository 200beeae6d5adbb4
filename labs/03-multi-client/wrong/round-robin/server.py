"""An echo server that asks its clients in turn."""

import select
import socket
import sys


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    clients: list[socket.socket] = []
    with socket.create_server((host, port)) as listening:
        while True:
            if not clients or select.select([listening], [], [], 0)[0]:
                clients.append(listening.accept()[0])
            for client in list(clients):
                try:
                    data = client.recv(65536)
                    client.sendall(data)
                except ConnectionError:
                    data = b""
                if not data:
                    clients.remove(client)
                    client.close()


if __name__ == "__main__":
    main()
