"""A process for each client."""

import os
import signal
import socket
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listening.bind((sys.argv[1], int(sys.argv[2])))
listening.listen(5)
while True:
    connection, _ = listening.accept()
    if os.fork() == 0:
        listening.close()
        try:
            while data := os.read(connection.fileno(), 3000):
                connection.sendall(data)
        except ConnectionError:
            pass
        os._exit(0)
    connection.close()
