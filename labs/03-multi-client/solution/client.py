"""A client to talk to your server with: what you type goes out, what comes back is shown. `88` ends it.

It is complete. It only shows what the server sends; your work is in server.py.
"""

import socket
import sys


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes, however many recv it takes; fewer where the server has closed."""
    data = b""
    while len(data) < size and (piece := connection.recv(size - len(data))):
        data += piece
    return data


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_connection((host, port)) as connection:
        print("connected as {}:{}".format(*connection.getsockname()))
        while (line := input("you> ")) != "88":
            message = line.encode()
            connection.sendall(message)
            answer = receive_exactly(connection, len(message))
            print("echo>", answer.decode(errors="replace"))
            if len(answer) < len(message):
                print("the server closed the connection")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
