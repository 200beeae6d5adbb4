"""asyncio streams without drain: what a slow reader does not take is kept in memory."""

import asyncio
import sys


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.write_eof()
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(serve, sys.argv[1], sys.argv[2], backlog=1)
    await server.serve_forever()


asyncio.run(main())
