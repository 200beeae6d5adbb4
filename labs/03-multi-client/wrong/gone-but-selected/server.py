"""An echo server for any number of clients at once: one thread, by readiness."""

import select
import socket
import sys
import threading


def send(client: socket.socket, data: bytes) -> None:
    try:
        client.sendall(data)
    except OSError as error:
        print("gone:", error)


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port)) as listening:
        clients: list[socket.socket] = []
        senders: dict[socket.socket, threading.Thread] = {}
        while True:
            busy = {client for client, sender in senders.items() if sender.is_alive()}
            waiting = [listening, *(client for client in clients if client not in busy)]
            for ready in select.select(waiting, [], [], 0.005)[0]:
                if ready is listening:
                    clients.append(listening.accept()[0])
                    continue
                try:
                    data = ready.recv(65536)
                except ConnectionError:
                    ready.close()
                    continue
                if data:
                    senders[ready] = threading.Thread(target=send, args=(ready, data), daemon=True)
                    senders[ready].start()
                else:
                    clients.remove(ready)
                    senders.pop(ready, None)
                    ready.close()


if __name__ == "__main__":
    main()
