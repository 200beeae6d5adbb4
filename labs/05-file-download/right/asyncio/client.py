import asyncio
import os
import sys
import tempfile


async def main(host: str, port: str, name: str, destination: str) -> int:
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(name.encode())
    await writer.drain()
    try:
        content = await reader.read()
    except ConnectionError:
        print("connection lost")
        return 1
    writer.close()
    if not content:
        print(f"Sorry, {name!r} was not found there")
        return 1
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(destination))
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, destination)
    return 0


sys.exit(asyncio.run(main(*sys.argv[1:])))
