"""The event loop's own calls for datagrams."""

import asyncio
import socket
import sys


async def main() -> None:
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setblocking(False)
    server.bind((sys.argv[1], int(sys.argv[2])))
    loop = asyncio.get_running_loop()
    while True:
        data, sender = await loop.sock_recvfrom(server, 65536)
        await loop.sock_sendto(server, data, sender)


asyncio.run(main())
