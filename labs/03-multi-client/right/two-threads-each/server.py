"""A thread that receives and one that sends for each client, with an unbounded queue between them."""

import contextlib
import queue
import socket
import sys
import threading


def send(connection, chunks):
    with connection, contextlib.suppress(OSError):
        while chunk := chunks.get():
            connection.sendall(chunk)


def receive(connection, chunks):
    chunk = b"-"
    while chunk:
        try:
            chunk = connection.recv(65536)
        except OSError:
            chunk = b""
        chunks.put(chunk)


with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listening:
    while True:
        connection, _ = listening.accept()
        chunks = queue.SimpleQueue()
        for work in (send, receive):
            threading.Thread(target=work, args=(connection, chunks), daemon=True).start()
        del connection, chunks
