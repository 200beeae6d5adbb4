"""A downloader: a name goes out, bytes come in, and DESTINATION is written.

It keeps whatever one recv gives. Two gaps are marked with GAP.
"""

import socket
import sys


def main() -> int:
    host, port, name, destination = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    with socket.create_connection((host, port)) as connection:
        connection.sendall(name.encode())

        # GAP 1: one recv is not one file. Go on until the server closes.
        content = connection.recv(1000)

    # GAP 2: no content at all: print a line with "not found", write nothing, end with exit code 1.
    #        A connection that was reset: exit code 1, and DESTINATION stays as it was.
    with open(destination, "wb") as file:
        file.write(content)
    print(f"{len(content)} bytes saved as {destination}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
