"""A thread for each datagram: answers may overtake one another."""

import socketserver
import sys


class Echo(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read())


socketserver.ThreadingUDPServer((sys.argv[1], int(sys.argv[2])), Echo).serve_forever()
