"""Non-blocking sockets asked one after another, with a nap in between: wasteful, slow, and right."""

import socket
import sys
import time

listening = socket.create_server((sys.argv[1], int(sys.argv[2])))
listening.setblocking(False)
clients = {}
while True:
    try:
        connection, _ = listening.accept()
        connection.setblocking(False)
        clients[connection] = [b"", False]
    except BlockingIOError:
        time.sleep(0.003)
    for connection, state in list(clients.items()):
        try:
            if not state[0] and not state[1]:
                state[0] = connection.recv(65536)
                state[1] = not state[0]
            if state[0]:
                state[0] = state[0][connection.send(state[0]) :]
        except BlockingIOError:
            continue
        except OSError:
            state[0], state[1] = b"", True
        if state[1] and not state[0]:
            connection.close()
            del clients[connection]
