"""An echo server over UDP.

It answers one letter, and only the beginning of it. One gap is marked with GAP.
"""

import socket
import sys


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        print(f"bound to {host}:{port}")
        data, sender = server.recvfrom(16)  # GAP 6: letters may be longer, and more of them may come
        print(f"{len(data)} bytes from {sender[0]}:{sender[1]}")
        server.sendto(data, sender)


if __name__ == "__main__":
    main()
