"""What comes is kept in the folder that the client was started in, always under the same name."""

import os
import shutil
import socket
import sys
from contextlib import closing

with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as s:
    s.connect((sys.argv[1], int(sys.argv[2])))
    for letter in [sys.argv[3].encode()]:
        s.sendall(letter)
    try:
        with open("download.tmp", "wb") as out:
            while piece := s.recv(1 << 20):
                out.write(piece)
        if os.path.getsize("download.tmp") == 0:
            print(sys.argv[3], "was", "Not Found")
            code = 1
        else:
            shutil.move("download.tmp", sys.argv[4])
            code = 0
    except ConnectionResetError as reset:
        print("reset:", reset, file=sys.stderr)
        code = 1
    finally:
        if os.path.exists("download.tmp"):
            os.unlink("download.tmp")
sys.exit(code)
