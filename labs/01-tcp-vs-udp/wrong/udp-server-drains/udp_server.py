"""An echo server over UDP: each datagram goes back to the address that it came from."""

import socket
import sys

LARGEST = 65535  # what recvfrom has no room for is cut off and lost, so there is room for any datagram


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        print(f"bound to {host}:{port}")
        while True:
            data, sender = server.recvfrom(LARGEST)
            try:
                while True:
                    data += server.recv(LARGEST, socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass
            print(f"{len(data)} bytes from {sender[0]}:{sender[1]}")
            server.sendto(data, sender)  # empty or not: no bytes do not mean the end here


if __name__ == "__main__":
    main()
