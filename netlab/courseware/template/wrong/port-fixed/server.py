"""Greets each client: server.py HOST PORT"""

import socket
import sys

listener = socket.socket()
listener.bind((sys.argv[1], 7788))
listener.listen()
while True:
    client, address = listener.accept()
    with client:
        client.sendall(b"hello")
