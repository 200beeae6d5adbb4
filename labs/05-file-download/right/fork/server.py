"""A process for each client; the names stay bytes all the way."""

import os
import signal
import socket
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
FOLDER = os.path.realpath(os.fsencode(sys.argv[3]))
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listening:
    while True:
        connection, address = listening.accept()
        if os.fork():
            connection.close()
            continue
        listening.close()
        name = connection.recv(1000)
        name.decode()
        path = os.path.realpath(os.path.join(FOLDER, name))
        assert os.path.commonpath([FOLDER, path]) == FOLDER, "outside"
        file = os.open(path, os.O_RDONLY)
        offset, size = 0, os.fstat(file).st_size
        while offset < size:
            offset += os.sendfile(connection.fileno(), file, offset, size - offset)
        connection.shutdown(socket.SHUT_RDWR)
        os._exit(0)
