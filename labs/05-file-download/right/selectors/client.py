"""A file beside DESTINATION, hidden, made only when something comes; the socket does not block."""

import os
import select
import socket
import sys

destination = sys.argv[4]
hidden = os.path.join(os.path.dirname(destination), f".{os.getpid()}~")
connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
connection.setblocking(False)
connection.sendall(os.fsencode(sys.argv[3]))
file = None
buffer = bytearray(500)
try:
    while True:
        select.select([connection], [], [])
        count = connection.recv_into(buffer)
        if not count:
            break
        if file is None:
            file = open(hidden, "wb")
        file.write(buffer[:count])
except ConnectionError:
    if file:
        file.close()
        os.remove(hidden)
    print("\x1b[31mbroken\x1b[0m")
    raise SystemExit(1)
if file is None:
    print("\x1b[31mfile not found\x1b[0m")
    raise SystemExit(1)
file.close()
os.rename(hidden, destination)
