"""create_server sets SO_REUSEADDR by itself on POSIX systems."""

import socket
import sys

try:
    listening = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=1)
except OSError as problem:
    sys.exit(f"cannot listen: {problem.strerror}")  # "Address already in use": exit code 1, on stderr
try:
    for connection, _ in iter(listening.accept, None):
        with connection, connection.makefile("rwb", buffering=0) as stream:
            stream.read(100)
            stream.write(b"Thank you!")
except KeyboardInterrupt:
    pass
