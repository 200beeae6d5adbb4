"""recv(1), and a loop around send."""

import socket
import sys

listening = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=1)
while True:
    connection, _ = listening.accept()
    try:
        while byte := connection.recv(1):
            while not connection.send(byte):
                pass
    except OSError:
        pass
    connection.close()
