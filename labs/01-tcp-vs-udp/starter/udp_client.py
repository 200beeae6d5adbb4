"""A UDP client: one datagram out, and at most one second for the reply.

It waits for the reply for ever. One gap is marked with GAP.
"""

import socket
import sys


def main() -> int:
    host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.sendto(message, (host, port))
        reply, sender = client.recvfrom(65535)  # GAP 7: nothing within 1 s? `no reply`, exit code 1
    print(reply.decode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
