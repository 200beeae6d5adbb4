"""netlab's end of a pseudo-terminal: reads within a budget, writes without blocking. See pty(7), termios(3)."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable

_READ_BUDGET = 64 * 1024  # bytes a turn of the loop; what is more waits, and the terminal holds the program back
_READ_SECONDS = 0.004  # a turn, too: a program that prints word by word is read word by word
_READ_SIZE = 16 * 1024
_RATE = 12_000_000  # bytes a second of a flood that are taken: more of it nobody reads, and the keys need the time
_AT_ONCE = 512 * 1024  # bytes that come without a rest, after a while of less
_REST = 0.008  # seconds
_IUTF8 = 0o40000  # erase takes a whole character; missing in Python's termios before 3.13
_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3  # places in what tcgetattr returns
_NEARLY_FULL = 1024  # of the 4,096 bytes that the kernel keeps for a program to read
CTRL_C = b"\x03"
_TIOCSIG = 0x40045436 if sys.platform == "linux" else 0x2000745F  # asm-generic/ioctls.h; sys/ttycom.h


class Pseudoterminal:
    """The controlling side. Give `device` to the program, then `close_device`; `finished` is set at the last byte."""

    def __init__(self, columns: int, rows: int, on_output: Callable[[bytes], None]) -> None:
        self._control, self.device = os.openpty()
        self.device_path = os.ttyname(self.device)
        """`/dev/pts/N`."""
        self._device_open = True
        self._on_output = on_output
        self._pending = bytearray()
        self._loop = asyncio.get_running_loop()
        self._allowed, self._counted_at = float(_AT_ONCE), self._loop.time()
        self._resting: asyncio.TimerHandle | None = None
        self.finished = asyncio.Event()
        """Nobody has the device open any more, and everything was read."""
        os.set_blocking(self._control, False)
        _set_utf8(self.device)
        self.resize(columns, rows)
        self.resume()

    def close_device(self) -> None:
        """The program has it now. Idempotent."""
        if self._device_open:
            os.close(self.device)
            self._device_open = False

    def close(self) -> None:
        """Let go of the terminal; what is still in it is lost. Idempotent."""
        self.close_device()
        if self._control >= 0:
            self.pause()
            self._loop.remove_writer(self._control)
            os.close(self._control)
            self._control = -1
            self.finished.set()

    def resize(self, columns: int, rows: int) -> None:
        """Set the window size; the program gets SIGWINCH."""
        if self._control >= 0:
            fcntl.ioctl(self._control, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def takes_keys(self) -> bool:
        """Whether the program asked for single keys instead of lines, as readline does only while it waits for them."""
        return self._control >= 0 and not termios.tcgetattr(self._control)[_LOCAL_FLAGS] & termios.ICANON

    def pause(self) -> None:
        """Stop reading: a program that goes on writing is held back by the kernel."""
        self._wake()
        if self._control >= 0:
            self._loop.remove_reader(self._control)

    def resume(self) -> None:
        """Read again."""
        self._wake()
        if self._control >= 0 and not self.finished.is_set():
            self._loop.add_reader(self._control, self._read)

    def _read(self) -> None:
        pieces: list[bytes] = []
        budget, end = _READ_BUDGET, time.monotonic() + _READ_SECONDS
        while budget > 0 and (piece := self._read_piece()):
            pieces.append(piece)
            budget -= len(piece) if time.monotonic() < end else budget
        if pieces:
            self._count(_READ_BUDGET - budget)
            self._on_output(b"".join(pieces))

    def _count(self, taken: int) -> None:
        """Rests a little, where this is a flood."""
        now = self._loop.time()
        self._allowed = min(self._allowed + (now - self._counted_at) * _RATE, _AT_ONCE) - taken
        self._counted_at = now
        if self._allowed < 0:
            self.pause()
            self._resting = self._loop.call_later(_REST, self.resume)

    def _wake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _read_piece(self) -> bytes:
        for _ in range(2):  # the kernel looks for output, then for the end: what came in between is there the next time
            try:
                return os.read(self._control, _READ_SIZE)
            except BlockingIOError:
                return b""
            except OSError as error:
                if error.errno != errno.EIO:  # EIO: the last of those who had the device open has closed it
                    raise
        self.pause()
        self.finished.set()
        return b""

    def write(self, data: bytes) -> None:
        """Type. What the terminal cannot take yet is kept and follows."""
        self._pending += data
        self._flush()

    def interrupt(self) -> None:
        """Press Ctrl-C. What was typed and not taken yet is forgotten, as terminals do.

        A terminal full of unread lines looks at no key more: then the signal goes past them.
        """
        if self._control < 0:
            return
        full = bool(self._pending) or self._unread() >= _NEARLY_FULL
        self._pending.clear()
        if full and termios.tcgetattr(self._control)[_LOCAL_FLAGS] & termios.ISIG:
            fcntl.ioctl(self._control, _TIOCSIG, signal.SIGINT)
        else:
            self.write(CTRL_C)

    def _unread(self) -> int:
        """Bytes in whole lines that the program has not read yet."""
        device = os.open(self.device_path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            return int.from_bytes(fcntl.ioctl(device, termios.FIONREAD, b"\0" * 4), sys.byteorder)
        finally:
            os.close(device)

    def _flush(self) -> None:
        if self._control < 0:
            return
        try:
            del self._pending[: os.write(self._control, self._pending)]
        except BlockingIOError:
            pass
        except OSError:  # the program has gone
            self._pending.clear()
        if self._pending:
            self._loop.add_writer(self._control, self._flush)
        else:
            self._loop.remove_writer(self._control)


def _set_utf8(device: int) -> None:
    attributes = termios.tcgetattr(device)
    attributes[_INPUT_FLAGS] |= _IUTF8
    termios.tcsetattr(device, termios.TCSANOW, attributes)
