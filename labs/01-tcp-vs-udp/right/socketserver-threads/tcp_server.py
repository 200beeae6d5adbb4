"""A thread for each client; a reset prints a traceback there, and the server serves on."""

import socketserver
import sys


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        while data := self.rfile.read1(5000):
            self.wfile.write(data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((sys.argv[1], int(sys.argv[2])), Echo).serve_forever()
