"""An echo server for any number of clients at once, on asyncio."""

import asyncio
import socket
import sys


async def serve(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    with connection:
        try:
            while data := await loop.sock_recv(connection, 65536):
                connection.setblocking(True)
                connection.sendall(data)
                connection.setblocking(False)
        except ConnectionError:
            pass


async def main() -> None:
    loop = asyncio.get_running_loop()
    tasks = set()
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listening:
        listening.setblocking(False)
        while True:
            connection, _ = await loop.sock_accept(listening)
            connection.setblocking(False)
            task = loop.create_task(serve(connection))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


asyncio.run(main())
