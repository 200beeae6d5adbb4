"""asyncio on bare sockets: one task for each client."""

import asyncio
import socket
import sys


async def serve(connection, tasks):
    loop = asyncio.get_running_loop()
    tasks.add(asyncio.current_task())
    try:
        with connection:
            while data := await loop.sock_recv(connection, 10_000):
                await loop.sock_sendall(connection, data)
    finally:
        tasks.discard(asyncio.current_task())


async def main():
    loop = asyncio.get_running_loop()
    tasks = set()
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((sys.argv[1], int(sys.argv[2])))
        listening.listen()
        listening.setblocking(False)
        while True:
            connection, _ = await loop.sock_accept(listening)
            connection.setblocking(False)
            tasks.add(loop.create_task(serve(connection, tasks)))


asyncio.run(main())
