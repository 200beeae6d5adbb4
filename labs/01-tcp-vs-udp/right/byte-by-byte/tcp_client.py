"""recv(1) until there are enough; what it prints, it prints as it comes."""

import codecs
import socket
import sys

message = sys.argv[3].encode()
with socket.socket() as s:
    try:
        s.connect((sys.argv[1], int(sys.argv[2])))
    except ConnectionRefusedError:
        print("it refused")
        sys.exit(1)
    at = 0
    while at < len(message):
        at += s.send(message[at:])
    decoder = codecs.getincrementaldecoder("utf-8")()
    for _ in range(len(message)):
        print(decoder.decode(s.recv(1)), end="")
print()
