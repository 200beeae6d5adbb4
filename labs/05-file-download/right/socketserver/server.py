"""socketserver with threads, and the file mapped into memory. An exception in one client's thread is printed."""

import mmap
import pathlib
import socketserver
import sys


class Files(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        name = self.request.recv(65536).decode()
        path = (FOLDER / name).resolve()
        if not path.is_relative_to(FOLDER):
            raise PermissionError(f"{name} is outside")
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            self.request.sendall(whole)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


FOLDER = pathlib.Path(sys.argv[3]).resolve()
with Server((sys.argv[1], int(sys.argv[2])), Files) as server:
    server.serve_forever()
