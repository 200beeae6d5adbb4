"""select.select, dual-stack, and back-pressure: a client is either read from or written to."""

import select
import socket
import sys

listening = socket.create_server(("::", int(sys.argv[2])), family=socket.AF_INET6, dualstack_ipv6=True)
listening.setblocking(False)
owed = {}  # socket -> what it still has to get
while True:
    readers = [listening] + [s for s, left in owed.items() if not left]
    writers = [s for s, left in owed.items() if left]
    readable, writable, _ = select.select(readers, writers, [])
    for s in readable + writable:
        if s is listening:
            connection, _ = listening.accept()
            connection.setblocking(False)
            owed[connection] = b""
            continue
        try:
            if owed[s]:
                owed[s] = owed[s][s.send(owed[s]) :]
            elif data := s.recv(1500):
                owed[s] = data
            else:
                raise EOFError
        except (OSError, EOFError):
            del owed[s]
            s.close()
