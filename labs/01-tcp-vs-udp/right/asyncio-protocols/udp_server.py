"""A datagram protocol. Its transport leaves out empty datagrams before Python 3.12, so its socket is used."""

import asyncio
import socket
import sys


class Echo(asyncio.DatagramProtocol):
    def __init__(self, sock):
        self.sock = sock

    def datagram_received(self, data, addr):
        self.sock.sendto(data, addr)


async def main():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((sys.argv[1], int(sys.argv[2])))
    sock.setblocking(False)
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: Echo(sock), sock=sock)
    await asyncio.Event().wait()


asyncio.run(main())
