"""An asyncio protocol that ends when it has all."""

import asyncio
import sys


class Client(asyncio.Protocol):
    def __init__(self, message, done):
        self.message, self.done, self.received = message, done, b""

    def connection_made(self, transport):
        transport.write(self.message)

    def data_received(self, data):
        self.received += data
        if len(self.received) >= len(self.message) and not self.done.done():
            self.done.set_result(self.received)

    def connection_lost(self, error):
        if not self.done.done():
            self.done.set_exception(EOFError())


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    try:
        await loop.create_connection(lambda: Client(sys.argv[3].encode(), done), sys.argv[1], int(sys.argv[2]))
    except ConnectionRefusedError as error:
        sys.exit(str(error).replace("Connect call failed", "REFUSED"))
    print((await done).decode())


asyncio.run(main())
