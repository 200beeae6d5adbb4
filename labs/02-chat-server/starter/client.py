"""A chat client: a line out, a line back, until 88.

It connects and sends one line. Two gaps are marked with GAP.
"""

import socket
import sys


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_connection((host, port)) as connection:
        line = input("you> ")
        connection.sendall(line.encode())
        # GAP 1: show what the server answers, then ask for the next line, and so on.
        # GAP 2: 88 is sent, then the program ends (exit code 0). A server that hangs
        #        up: print a line with the word "closed" and end with exit code 1.
    return 0


if __name__ == "__main__":
    sys.exit(main())
