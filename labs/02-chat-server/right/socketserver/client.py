"""The connection as files; a helper thread does the receiving."""

import os
import socket
import sys
import threading

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
answered = threading.Event()
goodbye = threading.Event()


def listen() -> None:
    try:
        while data := connection.recv(4096):
            print("server:", data.decode(), flush=True)
            answered.set()
    except ConnectionError:
        pass
    if not goodbye.is_set():
        print("Connection closed by the server.", flush=True)
        os._exit(1)


threading.Thread(target=listen, daemon=True).start()
while True:
    line = sys.stdin.readline()
    if line == "\n":
        continue
    text = line.rstrip("\n")
    answered.clear()
    if text == "88":
        goodbye.set()
    try:
        connection.sendall(text.encode())
    except OSError:
        print("closed while sending", flush=True)
        os._exit(1)
    if text == "88":
        connection.shutdown(socket.SHUT_WR)
        connection.close()
        sys.exit(0)
    answered.wait()
