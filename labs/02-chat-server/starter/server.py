"""A chat server: one client after another, one line at a time.

It listens, it takes one call, it answers once. Three gaps are marked with GAP.
Run it (F5) before you change anything, and watch what happens after the first answer.
"""

import socket
import sys


def chat(connection: socket.socket) -> None:
    data = connection.recv(1000)
    print("client>", data)  # GAP 1: these are bytes; show them as text

    # GAP 2: one question, one answer, and it is over. Go on until the client
    #        says 88 (no answer to that) or hangs up (what does recv give then?).
    connection.sendall(input("you> ").encode())


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        print(f"listening on {host}:{port}")
        connection, address = listening.accept()  # GAP 3: and the next client?
        print("connected:", address)
        with connection:
            chat(connection)


if __name__ == "__main__":
    main()
