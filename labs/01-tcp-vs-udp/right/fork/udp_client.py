"""SO_RCVTIMEO, and poll before it."""

import select
import socket
import struct
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 1, 0))
s.connect((sys.argv[1], int(sys.argv[2])))
s.sendall(sys.argv[3].encode())
poll = select.poll()
poll.register(s, select.POLLIN)
if not poll.poll(1000):
    print("No Reply")
    sys.exit(1)
try:
    print("reply:", s.recvmsg(65535)[0].decode())
except ConnectionError:
    print("no reply (refused)")
    sys.exit(1)
