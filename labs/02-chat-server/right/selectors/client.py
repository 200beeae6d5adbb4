import select
import socket
import sys

connection = socket.socket()
connection.connect((sys.argv[1], int(sys.argv[2])))


def gone():
    print("connection Closed.")
    raise SystemExit(1)


waiting = False
print("? ", end="", flush=True)
while True:
    ready, _, _ = select.select([connection] if waiting else [connection, sys.stdin], [], [])
    if connection in ready:
        try:
            data = connection.recv(65536)
        except OSError:
            gone()
        if not data:
            gone()
        print("<", data.decode())
        waiting = False
        print("? ", end="", flush=True)
    elif sys.stdin in ready:
        line = sys.stdin.readline().rstrip("\n")
        if not line:
            print("? ", end="", flush=True)
            continue
        try:
            connection.sendall(line.encode("utf-8"))
        except OSError:
            gone()
        if line == "88":
            connection.close()
            sys.exit()
        waiting = True
