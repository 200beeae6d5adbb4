"""A TCP client: one message out, as many bytes back."""

import socket
import sys


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes, however many recv it takes; fewer only where the server has ended."""
    received = bytearray()
    while len(received) < size:
        piece = connection.recv(size - len(received))
        if not piece:
            break
        received += piece
    return bytes(received)


def main() -> int:
    host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
    try:
        spare = socket.create_connection((host, port))
        connection = socket.create_connection((host, port))
    except ConnectionRefusedError:
        print(f"connection refused: nobody listens at {host}:{port}")
        return 1
    with spare, connection:
        connection.sendall(message)
        reply = receive_exactly(connection, len(message))
    if len(reply) < len(message):
        print(f"the server ended after {len(reply)} of {len(message)} bytes")
        return 1
    print(reply.decode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
