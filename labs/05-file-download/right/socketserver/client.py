"""The connection as a file; what comes goes through a temporary file that has no name."""

import shutil
import socket
import sys
import tempfile

host, port, name, destination = sys.argv[1:5]
try:
    with socket.create_connection((host, int(port)), timeout=30) as connection, tempfile.TemporaryFile() as kept:
        with connection.makefile("rwb") as both:
            both.write(name.encode())
            both.flush()
            shutil.copyfileobj(both, kept)
        if kept.tell() == 0:
            sys.exit("not found")
        kept.seek(0)
        with open(destination, "wb") as file:
            shutil.copyfileobj(kept, file)
except OSError as error:
    sys.exit(f"{error}")
