"""A process for each client, as many as there are clients."""

import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(65536):
            self.request.sendall(data)


class Server(socketserver.ForkingTCPServer):
    max_children = 1000


Server((sys.argv[1], int(sys.argv[2])), Echo).serve_forever()
