"""A deadline, and datagrams of strangers passed over."""

import socket
import sys
import time

host, port = sys.argv[1], int(sys.argv[2])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
deadline = time.monotonic() + 1
s.sendto(sys.argv[3].encode(), (host, port))
while (left := deadline - time.monotonic()) > 0:
    s.settimeout(left)
    try:
        data, sender = s.recvfrom(2048)
    except TimeoutError:
        break
    if sender == (host, port):
        print(data.decode())
        sys.exit()
print("no reply")
sys.exit(1)
