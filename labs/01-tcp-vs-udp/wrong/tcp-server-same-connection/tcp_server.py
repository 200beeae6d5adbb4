"""An echo server over TCP: it serves one caller after another, and sends every byte back."""

import socket
import sys
import time

CHUNK = 4096  # bytes that one recv may bring; how many it does bring is up to the network


def echo(connection: socket.socket) -> None:
    """Send back whatever comes, as it comes, until the client has finished sending."""
    while data := connection.recv(CHUNK):
        connection.sendall(data)


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:  # 1 a socket (and 7: it is closed at the end)
        listening.bind((host, port))  # 2 an address
        listening.listen()  # 3 open for callers
        print(f"listening on {host}:{port}")
        connection, address = listening.accept()  # 4 a caller
        print(f"connected: {address[0]}:{address[1]}")
        while True:
            try:
                echo(connection)  # 5 receive and send
            except ConnectionError as error:  # a reset ends this call, not the server
                print(f"the client is gone: {error}")
            time.sleep(0.2)  # perhaps the next caller comes


if __name__ == "__main__":
    main()
