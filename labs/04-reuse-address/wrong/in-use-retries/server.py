"""A server that thanks each client and closes first, and that can be started again at once."""

import errno
import socket
import sys
import time

LONGEST_MESSAGE = 1000  # bytes


def thank(connection: socket.socket) -> None:
    """One message in, one reply out."""
    if connection.recv(LONGEST_MESSAGE):
        connection.sendall(b"Thank you!")


def listen(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    # Before bind: a TIME-WAIT that an earlier run left on this port is no obstacle then. This run's connections
    # inherit the option, so that theirs will be none to the next run.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    while True:
        try:
            listening.bind((host, port))
            break
        except OSError:
            print("the address is in use, I wait")
            time.sleep(0.5)
    listening.listen()
    return listening


def serve(listening: socket.socket) -> None:
    while True:
        connection, address = listening.accept()
        print(f"connected: {address[0]}:{address[1]}")
        with connection:  # closed at the end, which is before the client closes: the TIME-WAIT will be ours
            try:
                thank(connection)
            except ConnectionError as error:
                print(f"the client is gone: {error}")


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    try:
        with listen(host, port) as listening:
            print(f"listening on {host}:{port}")
            serve(listening)
    except KeyboardInterrupt:
        print("bye")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"{host}:{port} is in use by another server")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
