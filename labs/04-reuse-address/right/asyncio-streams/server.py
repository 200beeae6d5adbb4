"""asyncio streams, on every address; asyncio.start_server reuses addresses by itself."""

import asyncio
import sys


async def thank(reader, writer):
    if await reader.read(1000):
        writer.write(b"Thank you!")
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(thank, None, int(sys.argv[2]))
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
except OSError as error:
    print("In use!", error)
    raise SystemExit(1) from None
