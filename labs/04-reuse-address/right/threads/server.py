"""A daemon thread for each client; the main thread only accepts."""

import socket
import sys
import threading


def serve(connection):
    with connection:
        print("heard", connection.recv(512).decode(errors="replace"))
        connection.sendall(b"Thank you!")


with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    try:
        door.bind((sys.argv[1], int(sys.argv[2])))
        door.listen()
    except OSError:
        print("The port is IN USE.")
        sys.exit(1)
    try:
        while True:
            guest, _ = door.accept()
            threading.Thread(target=serve, args=(guest,), daemon=True).start()
    except KeyboardInterrupt:
        print("stopped")
