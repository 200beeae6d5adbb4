"""A pool with room for more than will ever come; accepts in a thread of its own."""

import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor


def serve(connection):
    with connection, connection.makefile("rwb", buffering=0) as stream:
        try:
            while data := stream.read(777):
                connection.sendall(data)
        except ConnectionResetError:
            pass


def accept(listening, pool):
    while True:
        pool.submit(serve, listening.accept()[0])


listening = socket.socket()
listening.bind((sys.argv[1], int(sys.argv[2])))
listening.listen(2)
acceptor = threading.Thread(target=accept, args=(listening, ThreadPoolExecutor(1000)))
acceptor.start()
acceptor.join()
