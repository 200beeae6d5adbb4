"""socketserver with allow_reuse_address; Ctrl-C is turned into shutdown(), from another thread as it has to be."""

import signal
import socketserver
import sys
import threading


class Thanks(socketserver.StreamRequestHandler):
    def handle(self):
        self.request.recv(1000)
        self.wfile.write(b"Thank you!")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


try:
    server = Server((sys.argv[1], int(sys.argv[2])), Thanks)
except OSError:
    print("address in use")
    sys.exit(1)
signal.signal(signal.SIGINT, lambda *_: threading.Thread(target=server.shutdown).start())
with server:
    server.serve_forever(poll_interval=0.5)
print("closed")
