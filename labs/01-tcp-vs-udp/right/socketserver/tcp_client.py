"""A file on the socket."""

import socket
import sys

try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=10)
except OSError as error:
    print(error)
    sys.exit(1)
with s, s.makefile("rwb") as f:
    f.write(sys.argv[3].encode())
    f.flush()
    print(f.read(len(sys.argv[3].encode())).decode())
