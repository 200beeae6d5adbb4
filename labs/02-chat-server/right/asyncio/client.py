import asyncio
import sys


async def talk() -> int:
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    loop = asyncio.get_running_loop()
    try:
        while True:
            line = await loop.run_in_executor(None, input, "> ")
            if not line:
                continue
            writer.write(line.encode())
            await writer.drain()
            if line == "88":
                return 0
            data = await reader.read(4096)
            if not data:
                break
            print(data.decode())
    except ConnectionError:
        pass
    finally:
        writer.close()
    print("CLOSED by the server")
    return 1


sys.exit(asyncio.run(talk()))
