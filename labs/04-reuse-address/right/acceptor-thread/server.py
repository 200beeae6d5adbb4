"""The accepting is done in threads; the main thread waits for Ctrl-C and then leaves without asking anybody."""

import os
import signal
import socket
import sys
import threading

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def accepts():
    while True:
        connection, _ = listening.accept()
        connection.recv(1024)
        connection.send(b"Thank you!")
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()


listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listening.bind((sys.argv[1], int(sys.argv[2])))
    listening.listen(16)
except OSError as error:
    print("this address is in use?", error)
    os._exit(1)
for _ in range(3):
    threading.Thread(target=accepts).start()
signal.sigwait({signal.SIGINT})
os._exit(0)
