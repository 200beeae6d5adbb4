"""Two threads for each client: one receives, one sends."""

import queue
import socket
import sys
import threading


def sender(connection, pieces):
    try:
        while (data := pieces.get()) is not None:
            connection.sendall(data)
    except OSError:
        pass
    finally:
        connection.close()


def receiver(connection, pieces):
    try:
        while data := connection.recv(777):
            pieces.put(data)
    except OSError:
        pass
    pieces.put(None)


listening = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    connection, _ = listening.accept()
    pieces = queue.Queue()
    threading.Thread(target=sender, args=(connection, pieces), daemon=True).start()
    threading.Thread(target=receiver, args=(connection, pieces), daemon=True).start()
