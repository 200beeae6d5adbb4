"""asyncio streams, a reply of exactly so many bytes."""

import asyncio
import sys


async def main() -> int:
    message = sys.argv[3].encode()
    try:
        reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    except OSError as error:
        print("Refused!", error)
        return 1
    writer.write(message)
    await writer.drain()
    print("<-", (await reader.readexactly(len(message))).decode())
    writer.close()
    await writer.wait_closed()
    return 0


sys.exit(asyncio.run(main()))
