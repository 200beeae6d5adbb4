"""All in one recv: MSG_WAITALL."""

import socket
import sys

data = sys.argv[3].encode()
s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    print(e, file=sys.stderr)
    exit(1)
s.sendall(data)
print("\x1b[32m" + s.recv(len(data), socket.MSG_WAITALL).decode() + "\x1b[0m")
