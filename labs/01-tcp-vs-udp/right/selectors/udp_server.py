"""select, and all that is there each time; on any address."""

import select
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("0.0.0.0", int(sys.argv[2])))
server.setblocking(False)
while True:
    select.select([server], [], [])
    try:
        while True:
            server.sendto(*server.recvfrom(65535))
    except BlockingIOError:
        pass
