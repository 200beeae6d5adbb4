"""An echo server for any number of clients at once: one thread, by readiness."""

import selectors
import socket
import sys

selector = selectors.DefaultSelector()


class Client:
    """What one client sent and has not got back yet."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.left = bytearray()
        self.finished = False

    def work(self, events: int) -> None:
        if events & selectors.EVENT_READ:
            data = self.connection.recv(65536)
            self.left += data
            self.finished = not data
            if len(self.left) > 262144:
                raise OSError("too slow")
        if events & selectors.EVENT_WRITE:
            del self.left[: self.connection.send(self.left)]
        self.go_on()

    def go_on(self) -> None:
        events = 0 if self.finished else selectors.EVENT_READ
        if self.left:
            events |= selectors.EVENT_WRITE
        if events:
            selector.modify(self.connection, events, self)
        else:
            self.close()

    def close(self) -> None:
        selector.unregister(self.connection)
        self.connection.close()


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        listening.setblocking(False)
        selector.register(listening, selectors.EVENT_READ)
        while True:
            for key, events in selector.select():
                if key.data is None:
                    connection, _ = listening.accept()
                    connection.setblocking(False)
                    selector.register(connection, selectors.EVENT_READ, Client(connection))
                    continue
                try:
                    key.data.work(events)
                except BlockingIOError:
                    pass
                except OSError as error:
                    print("gone:", error)
                    key.data.close()


if __name__ == "__main__":
    main()
