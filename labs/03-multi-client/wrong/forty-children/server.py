"""An echo server with a process for each client."""

import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        try:
            while data := self.request.recv(65536):
                self.request.sendall(data)
        except ConnectionError as error:
            print("gone:", error)


with socketserver.ForkingTCPServer((sys.argv[1], int(sys.argv[2])), Echo) as server:
    server.serve_forever()
