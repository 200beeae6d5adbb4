"""asyncio streams with back-pressure (drain), bound to every address the machine has."""

import asyncio
import sys


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(serve, None, int(sys.argv[2]))  # a socket for IPv4 and one for IPv6
    async with server:
        await server.serve_forever()


asyncio.run(main())
