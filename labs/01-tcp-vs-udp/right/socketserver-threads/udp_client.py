"""A thread receives, and is waited for at most a second."""

import os
import queue
import socket
import sys
import threading

sock = socket.socket(type=socket.SOCK_DGRAM)
sock.bind(("", 0))
replies = queue.Queue()
threading.Thread(target=lambda: replies.put(sock.recvfrom(4096)), daemon=True).start()
sock.sendto(sys.argv[3].encode(), (sys.argv[1], int(sys.argv[2])))
try:
    print(replies.get(timeout=1)[0].decode())
except queue.Empty:
    print("no reply within a second")
    os._exit(1)
