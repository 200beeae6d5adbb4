"""Looks once a second whether it should stop; a traceback is printed on the way out of an accept, and it ends well."""

import signal
import socket
import sys
import traceback

stop = []
signal.signal(signal.SIGINT, lambda *_: stop.append(True))
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.settimeout(1)
try:
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen(5)
except OSError:
    traceback.print_exc()
    print("The address is in use. Try another.")
    sys.exit(1)
while not stop:
    try:
        c, _ = s.accept()
    except TimeoutError:
        continue
    c.settimeout(5)
    try:
        c.recv(20)
        c.sendall(b"Thank " + b"you!")
    except OSError:
        traceback.print_exc()
    c.close()
s.close()
print("end")
