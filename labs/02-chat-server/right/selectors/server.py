"""Readiness: the keyboard and the connection are watched together, so a hang-up is noticed at once."""

import os
import selectors
import socket
import sys


class HungUp(Exception):
    pass


def line_or_hang_up(selector, connection):
    while True:
        for key, _ in selector.select():
            if key.fileobj is connection:
                raise HungUp
            line = os.read(0, 4096).decode().rstrip("\n")
            if line:
                return line
            print("(empty) ", end="", flush=True)


def chat(connection):
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        selector.register(0, selectors.EVENT_READ)
        while True:
            data = connection.recv(1024)
            if not data or data == b"88":
                return
            sys.stdout.write(data.decode() + "\r\n: ")
            sys.stdout.flush()
            connection.sendall(line_or_hang_up(selector, connection).encode())


with socket.socket(socket.AF_INET6) as listening:
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listening.bind(("::", int(sys.argv[2])))
    listening.listen(1)
    while True:
        connection, _ = listening.accept()
        with connection:
            try:
                chat(connection)
            except (HungUp, OSError) as reason:
                print("chat over:", repr(reason))
