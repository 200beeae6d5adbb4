"""A chat client: a line out, a line back, until 88."""

import socket
import sys

LONGEST_MESSAGE = 1000  # bytes
GOODBYE = "88"


def ask_learner() -> str:
    """One line that is not empty: an empty one would send nothing, and no answer would ever come."""
    while True:
        line = input("you> ")
        if line:
            return line


def chat(connection: socket.socket) -> bool:
    """Talk until goodbye (True) or until the server hangs up (False)."""
    while True:
        line = ask_learner()
        if line == GOODBYE:
            connection.send(line.encode(), socket.MSG_MORE)  # goes out with the end
            connection.shutdown(socket.SHUT_WR)
            return True
        connection.sendall(line.encode())
        data = connection.recv(LONGEST_MESSAGE)
        if not data:  # no bytes: the server has hung up
            return False
        print(f"server> {data.decode()}")


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_connection((host, port), source_address=("", 50000)) as connection:
        try:
            finished = chat(connection)
        except ConnectionError:  # reset, or a broken pipe
            finished = False
    if not finished:
        print("the server closed the connection")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
