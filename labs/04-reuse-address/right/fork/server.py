"""A process for each client, by hand; the children ignore Ctrl-C and finish what they do."""

import os
import signal
import socket
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listening.bind((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    if "in use" in str(error):
        print("somebody else listens here: port in use")
        sys.exit(1)
    raise
listening.listen()
try:
    while True:
        connection, _ = listening.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            listening.close()
            if connection.recv(1000):
                connection.sendall(b"Thank you!")
            connection.close()
            os._exit(0)
        connection.close()
except KeyboardInterrupt:
    os._exit(0)
