"""A thread receives, the main one writes; the file is made beside DESTINATION in a folder that goes again."""

import os
import queue
import socket
import sys
import tempfile
import threading

pieces: "queue.Queue[bytes | Exception]" = queue.Queue()


def receive(connection):
    while True:
        try:
            piece = connection.recv(8192)
        except OSError as error:
            piece = error
        pieces.put(piece)
        if not piece or isinstance(piece, Exception):
            return


def main(host, port, name, destination):
    connection = socket.create_connection((host, int(port)))
    connection.sendall(name.encode())
    threading.Thread(target=receive, args=(connection,)).start()
    with tempfile.TemporaryDirectory(dir=os.path.dirname(destination)) as folder:
        path = os.path.join(folder, "new")
        with open(path, "wb") as file:
            while piece := pieces.get():
                if isinstance(piece, Exception):
                    return f"broken off: {piece}"
                file.write(piece)
        if not os.stat(path).st_size:
            return "File Not Found"
        os.replace(path, destination)


sys.exit(main(*sys.argv[1:]))
