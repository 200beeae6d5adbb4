"""Looks every so often whether anything has come."""

import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.settimeout(0.2)
while True:
    try:
        data, sender = s.recvfrom(2048)
    except TimeoutError:
        continue
    print(sender, "wrote", data)
    s.sendto(data, sender)
