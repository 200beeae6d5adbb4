"""socketserver, one datagram after another."""

import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data, self.client_address)


with socketserver.UDPServer((sys.argv[1], int(sys.argv[2])), Echo) as server:
    server.serve_forever()
