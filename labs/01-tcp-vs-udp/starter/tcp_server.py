"""An echo server over TCP.

It takes one call and sends back what it hears first. Three gaps are marked with GAP.
Run it (F5) before you change anything, and follow the seven steps on the wire.
"""

import socket
import sys


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # 1 a socket
    listening.bind((host, port))  # 2 an address
    listening.listen()  # 3 open for callers
    print(f"listening on {host}:{port}")

    connection, address = listening.accept()  # 4 one caller. GAP 2: and the next one?
    print("connected:", address)
    data = connection.recv(4096)  # 5 receive and send. GAP 1: the caller may have more to say,
    connection.sendall(data)  #                         until recv gives no bytes at all
    connection.close()  # 6 the call is over. GAP 3: a caller who is cut off is an exception in step 5
    listening.close()  # 7 the server is, too


if __name__ == "__main__":
    main()
