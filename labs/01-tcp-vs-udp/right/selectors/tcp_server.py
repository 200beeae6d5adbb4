"""One thread, selectors, a buffer for each client, any address."""

import selectors
import socket
import sys

sel = selectors.DefaultSelector()
listening = socket.create_server(("", int(sys.argv[2])))
listening.setblocking(False)
sel.register(listening, selectors.EVENT_READ, None)


def drop(sock):
    sel.unregister(sock)
    sock.close()


def serve(key, mask):
    sock, state = key.fileobj, key.data
    try:
        if mask & selectors.EVENT_READ:
            data = sock.recv(4096)
            state["buffer"] += data
            state["done"] = not data
        if state["buffer"]:
            sent = sock.send(state["buffer"])
            del state["buffer"][:sent]
    except BlockingIOError:
        pass
    except OSError:
        drop(sock)
        return
    if state["done"] and not state["buffer"]:
        drop(sock)
        return
    events = (0 if state["done"] else selectors.EVENT_READ) | (selectors.EVENT_WRITE if state["buffer"] else 0)
    sel.modify(sock, events, state)


while True:
    for key, mask in sel.select():
        if key.data is None:
            sock, _ = listening.accept()
            sock.setblocking(False)
            sel.register(sock, selectors.EVENT_READ, {"buffer": bytearray(), "done": False})
        else:
            serve(key, mask)
