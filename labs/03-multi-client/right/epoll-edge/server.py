"""epoll, edge-triggered, with half-closes told apart from hang-ups; bounded buffers."""

import select
import socket
import sys

MOST = 100_000
listening = socket.socket()
listening.bind(("", int(sys.argv[2])))
listening.listen(100)
listening.setblocking(False)
poller = select.epoll()
poller.register(listening, select.EPOLLIN | select.EPOLLET)
clients = {}


def work(fd):
    connection, left, finished = clients[fd]
    while True:
        moved = False
        if not finished and len(left) < MOST:
            try:
                data = connection.recv(16384)
                left += data
                finished = not data
                moved = True
            except BlockingIOError:
                pass
        if left:
            try:
                del left[: connection.send(left)]
                moved = True
            except BlockingIOError:
                pass
        if finished and not left:
            raise EOFError
        if not moved:
            clients[fd] = connection, left, finished
            return


def accept_all():
    while True:
        try:
            connection, _ = listening.accept()
        except BlockingIOError:
            return
        connection.setblocking(False)
        clients[connection.fileno()] = connection, bytearray(), False
        poller.register(connection, select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP | select.EPOLLET)


while True:
    for fd, _ in poller.poll():
        if fd == listening.fileno():
            accept_all()
            continue
        try:
            work(fd)
        except (EOFError, OSError):
            clients.pop(fd)[0].close()
