"""A thread for each client, with a timeout on recv that only makes it look around; MSG_WAITALL never."""

import socket
import sys
import threading


def serve(connection, address):
    connection.settimeout(0.25)
    served = 0
    with connection:
        while True:
            try:
                data = connection.recv(65536)
            except TimeoutError:
                continue
            except OSError as error:
                print(address, error)
                return
            if not data:
                print(address, served, "bytes")
                return
            connection.settimeout(None)
            try:
                connection.sendall(data)
            except OSError:
                return
            connection.settimeout(0.25)
            served += len(data)


listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listening.settimeout(0.5)
listening.bind(("0.0.0.0", int(sys.argv[2])))
listening.listen(128)
while True:
    try:
        connection, address = listening.accept()
    except TimeoutError:
        continue
    threading.Thread(target=serve, args=(connection, address), daemon=True).start()
