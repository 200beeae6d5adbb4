"""A TCP client: one message out, as many bytes back.

It works while the message is short and somebody is there. Two gaps are marked with GAP.
"""

import socket
import sys


def main() -> int:
    host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
    with socket.create_connection((host, port)) as connection:  # GAP 5: nobody listening? `refused`, exit code 1
        connection.sendall(message)
        reply = connection.recv(4096)  # GAP 4: the reply may come in pieces; as many bytes as you sent
    print(reply.decode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
