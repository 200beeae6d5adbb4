"""Readiness, and a signal that arrives as a byte (set_wakeup_fd)."""

import selectors
import signal
import socket
import sys

leaving, wake = socket.socketpair()
wake.setblocking(False)
signal.set_wakeup_fd(wake.fileno())
signal.signal(signal.SIGINT, lambda *_: None)
listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listening.bind((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    print("bind:", error.strerror.lower())
    sys.exit(1)
listening.listen()
listening.setblocking(False)
with selectors.DefaultSelector() as selector:
    selector.register(listening, selectors.EVENT_READ)
    selector.register(leaving, selectors.EVENT_READ)
    running = True
    while running:
        for key, _ in selector.select():
            if key.fileobj is leaving:
                running = False
            elif key.fileobj is listening:
                connection, _ = listening.accept()
                selector.register(connection, selectors.EVENT_READ)
            else:
                selector.unregister(key.fileobj)
                with key.fileobj as connection:
                    if connection.recv(4096):
                        connection.sendall(b"Thank you!")
listening.close()
