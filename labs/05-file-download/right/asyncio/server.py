import asyncio
import sys
from pathlib import Path

ROOT = Path(sys.argv[3]).resolve(strict=True)


async def give(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        name = await reader.read(1000)
        path = ROOT.joinpath(name.decode()).resolve(strict=True)
        if ROOT in path.parents and path.is_file():
            with path.open("rb") as file:
                await asyncio.get_running_loop().sendfile(writer.transport, file)
    except (OSError, ValueError) as why:
        print("no:", why)
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(give, sys.argv[1], int(sys.argv[2]))
    async with server:
        await server.serve_forever()


asyncio.run(main())
