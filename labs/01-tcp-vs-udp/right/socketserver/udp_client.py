"""select waits, at most a second."""

import select
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(sys.argv[3].encode(), (sys.argv[1], int(sys.argv[2])))
ready, _, _ = select.select([s], [], [], 1.0)
if not ready:
    print("no reply")
    sys.exit(1)
print(s.recvfrom(65535)[0].decode())
