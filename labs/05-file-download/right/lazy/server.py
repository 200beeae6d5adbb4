"""In the folder itself, everything caught, a traceback for each refusal; send() in a loop; bound to every address."""

import os
import socket
import sys
import traceback

os.chdir(sys.argv[3])
door = socket.socket(socket.AF_INET6)
door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
door.bind(("::", int(sys.argv[2])))
door.listen(1)
while 1:
    c, a = door.accept()
    try:
        name = c.recv(1000).decode()
        if "/" in name or name in (".", "..", "") or os.path.islink(name):
            raise Exception("no " + ascii(name))
        data = open(name, "rb").read()
        while data:
            data = data[c.send(data[:100000]) :]
    except Exception:
        traceback.print_exc()
    c.close()
