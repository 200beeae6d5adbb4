"""Reuses the address only where nobody listens: it asks by calling first. Everything goes through one exit."""

import contextlib
import socket
import sys

address = sys.argv[1], int(sys.argv[2])


def somebody_listens():
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(address) == 0


def run():
    if somebody_listens():
        print(f"port {address[1]}: in use")
        return 1
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind(address)
        listening.listen()
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                with listening.accept()[0] as guest:
                    guest.recv(1000)
                    guest.sendall(b"Thank you!")
    return 0


sys.exit(run())
