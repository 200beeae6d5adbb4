"""A UDP client: one datagram out, and at most one second for the reply."""

import socket
import sys

PATIENCE = 1.0  # seconds
LARGEST = 65535


def main() -> int:
    host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode() + b"\n"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        try:
            client.connect((host, port))  # sends nothing: from now on only what comes from there is received
            client.send(message)
            reply = client.recv(LARGEST)
        except OSError:  # no reply in time, or word from the other host that nobody is there
            print("no reply")
            return 1
    print(reply.decode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
