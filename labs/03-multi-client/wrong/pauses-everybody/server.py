"""An echo server for any number of clients at once, on an asyncio protocol."""

import asyncio
import sys

here: set["Echo"] = set()


class Echo(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        here.add(self)

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)

    def pause_writing(self) -> None:
        for client in here:
            client.transport.pause_reading()

    def resume_writing(self) -> None:
        for client in here:
            client.transport.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        here.discard(self)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Echo, sys.argv[1], int(sys.argv[2]))
    await server.serve_forever()


asyncio.run(main())
