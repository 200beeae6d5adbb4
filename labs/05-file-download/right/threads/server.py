"""A thread for each client; the kernel copies the file to the socket."""

import os
import socket
import sys
import threading

folder = os.path.realpath(sys.argv[3])


def serve(connection: socket.socket) -> None:
    with connection:
        name = connection.recv(1024)
        try:
            real = os.path.realpath(os.path.join(folder, name.decode("utf-8")))
            if os.path.commonpath([folder, real]) != folder or not os.path.isfile(real):
                return
            with open(real, "rb") as file:
                connection.sendfile(file)
        except (ValueError, OSError):
            return


listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listening.bind((sys.argv[1], int(sys.argv[2])))
listening.listen()
while True:
    guest, _ = listening.accept()
    threading.Thread(target=serve, args=(guest,), daemon=True).start()
