"""An echo server for any number of clients at once: a thread for each."""

import contextlib
import queue
import socket
import sys
import threading

CHUNK = 65536  # bytes that one recv may bring


def send(connection: socket.socket, chunks: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(OSError):
        while chunk := chunks.get():
            connection.sendall(chunk)


def serve(connection: socket.socket, address: tuple[str, int]) -> None:
    """Send back what one client sends, until it has finished or is gone."""
    host, port = address
    with connection:
        try:
            chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
            threading.Thread(target=send, args=(connection, chunks), daemon=True).start()
            while data := connection.recv(CHUNK):
                chunks.put(data)
            connection.shutdown(socket.SHUT_RDWR)
            chunks.put(b"")
        except ConnectionError as error:  # a reset is the end of this client, and of nobody else
            print(f"lost {host}:{port}: {error}")
        else:
            print(f"bye {host}:{port}")


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        print(f"listening on {host}:{port}")
        while True:
            connection, address = listening.accept()
            print(f"hello {address[0]}:{address[1]}")
            threading.Thread(target=serve, args=(connection, address), daemon=True).start()


if __name__ == "__main__":
    main()
