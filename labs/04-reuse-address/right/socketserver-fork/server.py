"""A process for each client, by socketserver."""

import socketserver
import sys


class Thanks(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(1 << 16)
        self.request.sendall("Thank you!".encode())


class Server(socketserver.ForkingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    block_on_close = False


try:
    with Server((sys.argv[1], int(sys.argv[2])), Thanks) as server:
        server.serve_forever()
except KeyboardInterrupt:
    sys.exit()
except OSError as error:
    print(error)  # [Errno 98] Address already in use
    sys.exit(1)
