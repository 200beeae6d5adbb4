"""One function, one buffer, an answer in words for everything; a name sent byte by byte would be right, too."""

import socket
import sys


def fetch(host, port, name):
    s = socket.create_connection((host, port))
    s.settimeout(60)
    s.sendall(bytes(name, "utf-8"))
    got = b""
    while 1:
        more = s.recv(8192)
        if not more:
            s.close()
            return got
        got += more


try:
    got = fetch(sys.argv[1], int(sys.argv[2]), sys.argv[3])
except Exception as e:
    print(type(e).__name__)
    exit(1)
if len(got):
    print("saving", len(got), "bytes")
    open(sys.argv[4], "wb").write(got)
    exit()
print("404 not found")
exit(1)
