"""All in memory; the client finishes sending after the name."""

import socket
import sys

host, port, name, destination = sys.argv[1:]
s = socket.socket()
s.connect((host, int(port)))
s.send(name.encode("utf8"))
s.shutdown(socket.SHUT_WR)
parts = []
try:
    while True:
        data = s.recv(4096)
        if data == b"":
            break
        parts.append(data)
except OSError as e:
    print("error:", e)
    sys.exit(1)
finally:
    s.close()
if not parts:
    print("NOT FOUND:", name)
    sys.exit(1)
f = open(destination, "wb")
f.writelines(parts)
f.close()
