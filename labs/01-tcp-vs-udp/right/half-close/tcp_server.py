"""All is closed politely: both directions, and the rest is read. Prints a good deal."""

import socket
import sys
import traceback

listening = socket.create_server((sys.argv[1], int(sys.argv[2])), family=socket.AF_INET, backlog=0)
while True:
    c, a = listening.accept()
    print("hello", a)
    try:
        while True:
            data = c.recv(4096)
            if data == b"":
                break
            print(repr(data[:40]))
            c.sendall(data)
        c.shutdown(socket.SHUT_RDWR)
    except OSError:
        traceback.print_exc()
    finally:
        c.close()
        print("bye", a)
