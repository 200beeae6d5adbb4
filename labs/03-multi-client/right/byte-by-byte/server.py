"""One byte at a time: right, and slow."""

import socket
import sys
import threading


def serve(connection):
    with connection:
        try:
            while byte := connection.recv(1):
                connection.sendall(byte)
        except ConnectionError:
            print("reset")


listening = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    threading.Thread(target=serve, args=(listening.accept()[0],)).start()
