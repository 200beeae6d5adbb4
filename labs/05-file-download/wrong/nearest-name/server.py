"""A file server: a name comes in, the bytes of that file go out, one client after another."""

import difflib
import socket
import sys
from pathlib import Path

LONGEST_NAME = 1000  # bytes
CHUNK = 64 * 1024


def find(folder: Path, name: bytes) -> Path | None:
    """The file of that name, if there is one and it lies in the folder once `..` and links have been followed."""
    try:
        path = (folder / name.decode()).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long; not UTF-8, or a NUL in it; links that go in circles
        return None


def serve(connection: socket.socket, folder: Path) -> None:
    """Send the file that one client asks for; nothing at all where there is nothing to give."""
    path = find(folder, connection.recv(LONGEST_NAME))
    if path is None:
        print("nothing of that name, so here is the first file there is")
        path = min(entry for entry in folder.iterdir() if entry.is_file() and not entry.is_symlink())
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            connection.sendall(chunk)
    print(f"gave {path.name}")


def main() -> None:
    host, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]).resolve()
    with socket.create_server((host, port)) as listening:
        print(f"serving {folder} on {host}:{port}")
        while True:
            connection, address = listening.accept()
            print(f"connected: {address[0]}:{address[1]}")
            with connection:  # closing it is what tells the client that the file is complete
                try:
                    serve(connection, folder)
                except OSError as error:  # the client left midway, or the file cannot be read
                    print(f"not given: {error}")


if __name__ == "__main__":
    main()
