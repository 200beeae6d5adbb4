"""The event loop's own calls for datagrams, and a timeout of asyncio's."""

import asyncio
import socket
import sys


async def main() -> int:
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_sendto(client, sys.argv[3].encode(), (sys.argv[1], int(sys.argv[2])))
    try:
        data, _ = await asyncio.wait_for(loop.sock_recvfrom(client, 65536), 1)
    except TimeoutError:
        print("No reply.")
        return 1
    print(f"{data.decode()} <- that was the reply")
    return 0


sys.exit(asyncio.run(main()))
