"""asyncio with a signal handler of its own, and protocols instead of streams."""

import asyncio
import signal
import sys


class Thanks(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(b"Thank you!")
        self.transport.close()


async def main():
    loop = asyncio.get_running_loop()
    leave = asyncio.Event()
    loop.add_signal_handler(signal.SIGINT, leave.set)
    try:
        server = await loop.create_server(Thanks, sys.argv[1], int(sys.argv[2]))
    except OSError:
        print(f"{sys.argv[2]}: already in use")
        return 1
    async with server:
        await leave.wait()
    return 0


sys.exit(asyncio.run(main()))
