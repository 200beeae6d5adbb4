"""A client by hand: what is typed goes to the server as it is, what comes is shown. netlab's own; needs Python alone.

    python lineclient.py HOST PORT [tcp|udp]

A line is sent without a newline, as most labs want it; `:newline` has one sent from then on. Runs as a program of its
own on a host, started by `netlab.stage`.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import sys

MOST = 65_536
HELP = """:newline  send a newline after each line, or stop doing so
:end      send no more (FIN), and go on listening
:reset    break the connection off (RST)
:quit     close and leave
::text    send a line that begins with a colon"""


class LineClient:
    """One connection, one keyboard."""

    def __init__(self, connection: socket.socket, udp: bool) -> None:
        self.connection = connection
        self.udp = udp
        self.newline = b""
        self.typed = b""
        self.sending = True
        self.going = True

    def run(self) -> None:
        """Until the server or the learner has had enough."""
        while self.going:
            sources: list[int] = [self.connection.fileno(), 0] if self.sending else [self.connection.fileno()]
            ready, _, _ = select.select(sources, [], [])
            if self.connection.fileno() in ready:
                self.hear()
            elif ready:
                self.read_keyboard()

    def hear(self) -> None:
        """What came, on a line of its own."""
        data = self.connection.recv(MOST)
        if data or self.udp:
            say(f"< {shown(data)}")
        else:
            say("< the server has closed its side (recv returned b'')")
            self.going = False

    def read_keyboard(self) -> None:
        """Whole lines; what has no end yet waits. The end of what is typed (Ctrl-D) ends the sending."""
        data = os.read(0, MOST)
        if not data:
            self.end()
        *lines, self.typed = (self.typed + data).split(b"\n")
        for line in lines:
            self.obey(line) if line[:1] == b":" and line[:2] != b"::" else self.send(line.removeprefix(b":"))

    def send(self, line: bytes) -> None:
        """One line, with or without its newline."""
        data = line + self.newline
        if not self.sending:
            say("  nothing more can be sent after :end")
        elif data or self.udp:
            self.connection.sendall(data)
        else:
            say("  an empty line holds no bytes: nothing was sent")

    def obey(self, line: bytes) -> None:
        """A line that is meant for the client."""
        word = line[1:].strip()
        if word == b"newline":
            self.newline = b"" if self.newline else b"\n"
            say("  lines go with a newline" if self.newline else "  lines go without a newline")
        elif word == b"end":
            self.end()
        elif word in (b"reset", b"quit"):
            if word == b"reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.going = False
        else:
            say(HELP)

    def end(self) -> None:
        """Says to the server that no more will come."""
        if self.sending and not self.udp:
            self.connection.shutdown(socket.SHUT_WR)
            say("  ended: the server gets b'', and may still send")
        self.sending = False
        self.going = self.going and not self.udp


def shown(data: bytes) -> str:
    """Text as text, everything else escaped, and how much it was."""
    text = data.decode("utf-8", "backslashreplace")
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return f"{visible}   ({len(data)} B)"


def say(text: str) -> None:
    """One line on the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(host: str, port: str, protocol: str = "tcp") -> int:
    """The exit code: 0; 1 where the connection failed; 130 after Ctrl-C."""
    udp = protocol == "udp"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else socket.SOCK_STREAM) as connection:
        try:
            connection.connect((host, int(port)))
            own, own_port = connection.getsockname()
            say(f"{own}:{own_port} to {host}:{port}, {protocol}\nType lines; :help for more.")
            LineClient(connection, udp).run()
        except OSError as error:
            say(f"  {error}")
            return 1
        except KeyboardInterrupt:
            say("")
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
