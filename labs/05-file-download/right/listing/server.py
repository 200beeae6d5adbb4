"""A list of what there is to give, made anew for each client: a name that is not on it is nothing to give."""

import os
import sys
from socketserver import StreamRequestHandler, TCPServer


class Handler(StreamRequestHandler):
    def handle(self):
        asked = self.rfile.read1(1000)
        with os.scandir(sys.argv[3]) as entries:
            there = {os.fsencode(entry.name): entry.path for entry in entries if entry.is_file(follow_symlinks=False)}
        if asked in there:
            with open(there[asked], "rb", buffering=0) as file:
                for chunk in iter(lambda: file.read(1448), b""):
                    self.wfile.write(chunk)


TCPServer.allow_reuse_address = True
TCPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
