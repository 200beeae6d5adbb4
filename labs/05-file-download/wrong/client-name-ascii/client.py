"""A downloader: a name goes out, bytes come in until the server closes, and only then is DESTINATION written."""

import socket
import sys
from pathlib import Path

CHUNK = 64 * 1024


def download(connection: socket.socket, name: str, part: Path) -> int:
    """Ask for a file and keep what comes in `part`. Returns how many bytes came before the server closed."""
    connection.sendall(name.encode("ascii", "replace"))
    size = 0
    with part.open("wb") as file:
        while chunk := connection.recv(CHUNK):
            size += file.write(chunk)
    return size


def main() -> int:
    host, port, name, destination = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    part = destination.with_name(destination.name + ".part")  # beside it, so that replace() is one step
    try:
        with socket.create_connection((host, port)) as connection:
            size = download(connection, name, part)
        if size:
            part.replace(destination)
    except OSError as error:  # a reset, most of all: what has come so far is not the file
        print(f"lost: {error}")
        return 1
    finally:
        part.unlink(missing_ok=True)
    if not size:
        print(f"{name}: not found")
        return 1
    print(f"{size} bytes saved as {destination}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
