import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            data = self.request.recv(1024)  # a reset prints a traceback, and the server serves on
            if not data:
                break
            self.request.sendall(data)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


with Server((sys.argv[1], int(sys.argv[2])), Echo) as server:
    server.serve_forever()
