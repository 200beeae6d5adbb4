"""Greets each client: server.py HOST PORT"""

import socket
import sys

listener = socket.socket()
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen()
client, address = listener.accept()
# Your turn: greet, close, and wait for the next one.
