"""Ten waits of a tenth of a second."""

import socket
import sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(0.1)
sock.sendto(bytes(sys.argv[3], "utf-8"), (sys.argv[1], int(sys.argv[2])))
for _ in range(10):
    try:
        reply = sock.recv(65535)
    except socket.timeout:
        continue
    print(str(reply, "utf-8"))
    break
else:
    print("no reply")
    sys.exit(1)
