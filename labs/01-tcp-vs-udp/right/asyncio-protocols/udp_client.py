"""A datagram protocol, connected."""

import asyncio
import sys


class Client(asyncio.DatagramProtocol):
    def __init__(self, done):
        self.done = done

    def connection_made(self, transport):
        transport.sendto(sys.argv[3].encode())

    def datagram_received(self, data, addr):
        if not self.done.done():
            self.done.set_result(data)

    def error_received(self, error):
        if not self.done.done():
            self.done.set_exception(error)


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    remote = (sys.argv[1], int(sys.argv[2]))
    transport, _ = await loop.create_datagram_endpoint(lambda: Client(done), remote_addr=remote)
    try:
        async with asyncio.timeout(0.9):
            print((await done).decode())
    except (OSError, TimeoutError):
        print("there was NO REPLY")
        return 1
    finally:
        transport.close()
    return 0


sys.exit(asyncio.run(main()))
