"""The same chat server on asyncio streams, bound to every address the machine has."""

import asyncio
import sys


async def ask(keyboard: asyncio.StreamReader) -> str:
    print("\x1b[1;36myou>\x1b[0m ", end="", flush=True)
    while not (line := (await keyboard.readline()).decode().rstrip("\r\n")):
        print("\x1b[1;36myou>\x1b[0m ", end="", flush=True)
    return line


async def main() -> None:
    loop = asyncio.get_running_loop()
    keyboard = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(keyboard), sys.stdin)
    one_at_a_time = asyncio.Lock()

    async def chat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with one_at_a_time:
            try:
                while (data := await reader.read(4096)) and data != b"88":
                    print(f"\x1b[32m{data.decode()}\x1b[0m")
                    writer.write((await ask(keyboard)).encode())
                    await writer.drain()
            except ConnectionError as error:
                print("lost:", error)
            finally:
                writer.close()

    server = await asyncio.start_server(chat, None, int(sys.argv[2]))
    async with server:
        await server.serve_forever()


asyncio.run(main())
