"""IPv6 and IPv4 on one socket."""

import socket
import sys

s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
s.bind(("::", int(sys.argv[2])))
buffer = bytearray(65536)
while True:
    size, sender = s.recvfrom_into(buffer)
    s.sendto(memoryview(buffer)[:size], sender)
