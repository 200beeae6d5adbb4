"""Three processes accept from one listening socket; the parent waits for Ctrl-C and ends them."""

import os
import signal
import socket
import sys


def serve(listening):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells it when to go
    while True:
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"Thank you!")


listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listening.bind((sys.argv[1], int(sys.argv[2])))
except OSError:
    sys.exit("already in use")
listening.listen()
children = []
for _ in range(3):
    if (pid := os.fork()) == 0:
        serve(listening)
    children.append(pid)
try:
    signal.pause()
except KeyboardInterrupt:
    for child in children:
        os.kill(child, signal.SIGKILL)
