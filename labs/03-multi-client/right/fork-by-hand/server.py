"""os.fork for each client; the children are left to the kernel."""

import os
import signal
import socket
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listening = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    connection, _ = listening.accept()
    if os.fork():
        connection.close()
        continue
    try:
        while data := connection.recv(65536):
            connection.sendall(data)
    finally:
        os._exit(0)
