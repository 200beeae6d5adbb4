"""One thread sends, another receives."""

import socket
import sys
import threading

data = sys.argv[3].encode()
sock = socket.socket()
code = sock.connect_ex((sys.argv[1], int(sys.argv[2])))
if code:
    print("connection refused, error", code)
    raise SystemExit(1)
got = []


def receive():
    while sum(map(len, got)) < len(data):
        piece = sock.recv(1500)
        if not piece:
            break
        got.append(piece)


receiver = threading.Thread(target=receive)
receiver.start()
sock.sendall(data)
sock.shutdown(socket.SHUT_WR)
receiver.join()
print("reply: " + b"".join(got).decode("utf-8"))
