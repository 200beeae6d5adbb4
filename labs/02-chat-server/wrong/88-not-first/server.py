"""A chat server: one client after another, one line at a time."""

import socket
import sys

LONGEST_MESSAGE = 1000  # bytes
GOODBYE = "88"


def ask_operator() -> str:
    """One line that is not empty: an empty one would send nothing, and the client would wait for ever."""
    while True:
        line = input("you> ")
        if line:
            return line


def chat(connection: socket.socket) -> None:
    """Talk with one client until it says goodbye or hangs up."""
    turns = 0
    while True:
        turns += 1
        data = connection.recv(LONGEST_MESSAGE)
        if not data:  # no bytes: the client has hung up
            print("the client hung up")
            return
        message = data.decode()
        print(f"client> {message}")
        if message == GOODBYE and turns > 1:
            return
        connection.sendall(ask_operator().encode())


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        print(f"listening on {host}:{port}")
        while True:
            connection, address = listening.accept()
            print(f"connected: {address[0]}:{address[1]}")
            with connection:
                try:
                    chat(connection)
                except ConnectionError as error:  # reset, or a broken pipe
                    print(f"the client is gone: {error}")


if __name__ == "__main__":
    main()
