"""Connects when there is something to say, and takes an interest in the exact exception."""

import errno
import socket
import sys


def main():
    peer = None
    for line in iter(lambda: sys.stdin.readline(), ""):
        line = line[:-1] if line.endswith("\n") else line
        if line == "":
            print("say something!")
            continue
        if peer is None:
            peer = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=60)
        try:
            peer.sendall(bytes(line, "utf-8"))
            if line == "88":
                peer.close()
                return 0
            answer = peer.recv(1000)
        except OSError as error:
            if error.errno not in (errno.ECONNRESET, errno.EPIPE):
                raise
            answer = b""
        if answer == b"":
            print("the connection was closed")
            return 1
        print("\033[2K\r" + answer.decode())
    return 0


sys.exit(main())
