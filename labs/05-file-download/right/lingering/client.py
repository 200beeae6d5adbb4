"""Grown in memory, a little at a time, which is slow and right; the name leaves in one go."""

import socket
import sys
from pathlib import Path


def main() -> int:
    host, port, name, destination = sys.argv[1:]
    content = b""
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(name.encode())
        while True:
            try:
                more = connection.recv(16384)
            except ConnectionResetError:
                print("The connection broke.")
                return 1
            if more == b"":
                break
            content = content + more
    if content == b"":
        print("Not found.")
        return 1
    Path(destination).write_bytes(content)
    print("ok")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
