"""A thread reads the keyboard into a queue; a line typed after a hang-up goes to the next client."""

import queue
import socket
import sys
import threading

lines: queue.Queue[str] = queue.Queue()


def keyboard() -> None:
    for line in sys.stdin:
        if line.strip("\n"):
            lines.put(line.strip("\n"))


def serve(connection: socket.socket) -> None:
    try:
        while True:
            data = connection.recv(2048)
            if data in (b"", b"88"):
                break
            print(">>", str(data, "utf-8"))
            connection.send(lines.get().encode())
    except OSError:
        import traceback

        traceback.print_exc()  # a server may print one and serve on
    finally:
        connection.close()


threading.Thread(target=keyboard, daemon=True).start()
door = socket.socket()
door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
door.bind((sys.argv[1], int(sys.argv[2])))
door.listen()
while True:
    guest, address = door.accept()
    print("hello", *address)
    worker = threading.Thread(target=serve, args=(guest,))
    worker.start()
    worker.join()
