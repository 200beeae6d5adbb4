"""Says its message while it is still connecting: the third step of the handshake is on the first bytes."""

import socket
import sys

message = sys.argv[3].encode()
s = socket.socket()
s.setblocking(False)
s.connect_ex((sys.argv[1], int(sys.argv[2])))
s.setblocking(True)
try:
    s.sendall(message)
    reply = b""
    while len(reply) < len(message):
        reply += s.recv(100_000)
except ConnectionRefusedError as error:
    print(f"{error!r}")
    sys.exit(1)
print(reply.decode())
