"""Non-blocking all along: connect, send, receive."""

import os
import selectors
import socket
import sys

host, port, rest = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
size, got = len(rest), bytearray()
sock = socket.socket()
sock.setblocking(False)
sock.connect_ex((host, port))
sel = selectors.DefaultSelector()
sel.register(sock, selectors.EVENT_WRITE)
sel.select()
if error := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
    sys.exit(f"error {error}: {os.strerror(error)}")
while len(got) < size:
    sel.modify(sock, selectors.EVENT_READ | (selectors.EVENT_WRITE if rest else 0))
    for _, mask in sel.select():
        if mask & selectors.EVENT_WRITE:
            rest = rest[sock.send(rest[:5000]) :]
        if mask & selectors.EVENT_READ:
            piece = sock.recv(999)
            if not piece:
                sys.exit(1)
            got += piece
sys.stdout.buffer.write(bytes(got) + b"\n")
