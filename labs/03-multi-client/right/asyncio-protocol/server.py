"""An asyncio protocol that stops reading while its transport is full."""

import asyncio
import sys


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        print("+", *transport.get_extra_info("peername"))

    def data_received(self, data):
        self.transport.write(data)

    def pause_writing(self):
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()

    def connection_lost(self, exc):
        print("-", repr(exc))


async def main():
    server = await asyncio.get_running_loop().create_server(Echo, *sys.argv[1:3])
    await server.serve_forever()


asyncio.run(main())
