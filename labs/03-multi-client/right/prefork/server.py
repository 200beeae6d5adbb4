"""Four workers share the listening socket that their parent made; each serves its clients with asyncio."""

import asyncio
import os
import socket
import sys


async def serve(reader, writer):
    try:
        while data := await reader.read(32768):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
    except OSError:
        pass


async def work(listening):
    await (await asyncio.start_server(serve, sock=listening)).serve_forever()


listening = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=16)
for _ in range(4):
    if os.fork() == 0:
        asyncio.run(work(listening))
for _ in range(4):
    os.wait()
