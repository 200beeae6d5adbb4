"""StreamRequestHandler: read1 gives what is there."""

import sys
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Echo(StreamRequestHandler):
    wbufsize = 8192

    def handle(self):
        try:
            while data := self.rfile.read1():
                self.wfile.write(data)
                self.wfile.flush()
        except ConnectionError:
            self.wfile = open("/dev/null", "wb")


ThreadingTCPServer.block_on_close = False
ThreadingTCPServer((sys.argv[1], int(sys.argv[2])), Echo).serve_forever(poll_interval=0.1)
