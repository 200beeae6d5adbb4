"""A process for each client, one after another."""

import os
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])
listening = socket.socket()
listening.bind((host, port))
listening.listen(5)
while True:
    connection, _ = listening.accept()
    pid = os.fork()
    if pid == 0:
        listening.close()
        with connection, connection.makefile("wb", buffering=0) as out:
            while (data := connection.recv(1 << 16)) and data != b"88":
                print("client said", data.decode())
                line = ""
                while line == "":
                    line = input("answer: ")
                out.write(line.encode())
        os._exit(0)
    connection.close()
    os.waitpid(pid, 0)
