"""One thread, readiness, and a buffer without bounds for each client; closed when all of it is sent."""

import selectors
import socket
import sys

selector = selectors.DefaultSelector()


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.left = bytearray()
        self.finished = False
        selector.register(connection, selectors.EVENT_READ, self)

    def ready(self, events):
        try:
            if events & selectors.EVENT_READ:
                data = self.connection.recv(65536)
                self.left += data
                self.finished = not data
            if self.left:
                del self.left[: self.connection.send(self.left)]
        except BlockingIOError:
            pass
        except OSError as error:
            print("gone:", error)
            self.left.clear()
            self.finished = True
        self.wait_for_what_is_next()

    def wait_for_what_is_next(self):
        events = (0 if self.finished else selectors.EVENT_READ) | (selectors.EVENT_WRITE if self.left else 0)
        if events:
            selector.modify(self.connection, events, self)
        else:
            selector.unregister(self.connection)
            self.connection.close()


def main():
    listening = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=0)
    listening.setblocking(False)
    selector.register(listening, selectors.EVENT_READ, None)
    while True:
        for key, events in selector.select():
            if key.data:
                key.data.ready(events)
                continue
            connection, _ = listening.accept()
            connection.setblocking(False)
            Client(connection)


main()
