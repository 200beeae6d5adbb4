"""A file server: a name comes in, the bytes of that file go out.

It gives the beginning of one text to one client. Three gaps are marked with GAP.
Run it (F5) before you change anything, and compare what was asked for with what arrived.
"""

import socket
import sys
from pathlib import Path


def serve(connection: socket.socket, folder: Path) -> None:
    name = connection.recv(1000).decode()

    # GAP 2: a name can be wrong. No such file, a folder, a way out of FOLDER (by "..", by an
    #        absolute path, by a link): send nothing. And no name may stop the server.
    path = folder / name

    # GAP 1: this reads text, and only the beginning. Send the bytes, all of them.
    with open(path) as file:
        connection.sendall(file.read(1000).encode())


def main() -> None:
    host, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with socket.create_server((host, port)) as listening:
        print(f"serving {folder} on {host}:{port}")
        connection, address = listening.accept()  # GAP 3: and the next client? And one that leaves midway?
        print("connected:", address)
        with connection:
            serve(connection, folder)


if __name__ == "__main__":
    main()
