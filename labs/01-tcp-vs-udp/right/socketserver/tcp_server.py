"""socketserver, one client after another."""

import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            data = self.request.recv(8192)
            if not data:
                return
            self.request.sendall(data)


with socketserver.TCPServer((sys.argv[1], int(sys.argv[2])), Echo) as server:
    server.serve_forever()
