"""Finishes sending at once, and receives in short waits."""

import socket
import sys
import time


def main(host, port, message):
    with socket.socket() as s:
        try:
            s.connect((host, int(port)))
        except ConnectionRefusedError:
            print("The other side REFUSED the call.")
            return 1
        s.settimeout(0.03)
        data = memoryview(message.encode())
        while data:
            try:
                data = data[s.send(data) :]
            except TimeoutError:
                continue
        s.shutdown(socket.SHUT_WR)
        pieces = []
        while sum(map(len, pieces)) < len(message.encode()):
            try:
                pieces.append(s.recv(4096))
            except TimeoutError:
                print(".", end="", flush=True)
                continue
    print()
    print("echo>", b"".join(pieces).decode())
    time.sleep(0.1)
    return 0


sys.exit(main(*sys.argv[1:]))
