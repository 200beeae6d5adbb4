"""Says that it has finished, waits until the client has too, and only then lets go. All interfaces, IPv6 and IPv4."""

import signal
import socket
import sys


def leave(number, frame):
    print("leaving on signal", number)
    sys.exit(0)


signal.signal(signal.SIGINT, leave)
with socket.socket(socket.AF_INET6) as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    try:
        door.bind(("::", int(sys.argv[2])))
        door.listen(1)
    except OSError:
        print("that port is in use.")
        sys.exit(1)
    while True:
        connection, _ = door.accept()
        with connection:
            try:
                if connection.recv(64):
                    for letter in b"Thank you!":
                        connection.send(bytes([letter]))
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(64):
                    pass
            except OSError as trouble:
                print(trouble)
