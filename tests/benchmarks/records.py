"""A record of a million frames: `python -m tests.benchmarks.records [FRAMES]`.

A bulk transfer with a call for every 64 KB, saved and opened again in a process of its own. The aims: opened in under
3 s, under 1 GB of memory, the rows around any point within 20 ms. Each line gives wall clock and processor time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from netlab.app import garbage
from netlab.record import wirelog
from netlab.record.events import CallEntered, CallReturned
from netlab.record.filters import LadderFilter
from netlab.record.ladder import Ladder
from netlab.record.record import Record, RecordMeta
from netlab.record.saving import open_record, save
from tests.record.run import ACK, PSH, START, SYN, TWO, tcp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
OPTIONS = bytes.fromhex("0101080a0000000100000002")
SIZE = 1448
PAGE = 50


def write_log(path: Path, count: int) -> None:
    """A handshake, then two segments and an acknowledgement, over and over; one segment in 1,000 is lost."""
    at, sequence = START, 1
    with path.open("wb") as file:
        for data, host in ((tcp(CLIENT, SERVER, SYN, 0), 0), (tcp(SERVER, CLIENT, SYN | ACK, 0, 1), 1)):
            file.write(wirelog.frame_header(host, 1, len(data), at) + data)
        for number in range(3, count + 1):
            at += 8_000
            host = int(number % 3 == 2)
            data = _segment(sequence) if not host else tcp(SERVER, CLIENT, ACK, 1, sequence, options=OPTIONS)
            sequence += 0 if host else SIZE
            file.write(wirelog.frame_header(host, 1, len(data), at) + data)
            if number % 1000 == 0:
                file.write(wirelog.fate_entry(number, 1, at, rule=1))


def _segment(sequence: int) -> bytes:
    return tcp(CLIENT, SERVER, PSH | ACK, sequence, 1, bytes(SIZE), options=OPTIONS)


def add_calls(record: Record, count: int) -> None:
    """One sendall() for 45 segments, as a program would send 64 KB pieces."""
    for index in range(count // 68):
        at, call = START + index * 68 * 8_000, f"client.1.{index}"
        about = ("sendall", "client.py", 8, "main", "b'...'", CLIENT, SERVER)
        record.add(CallEntered(at, "client", "client", 1, 1, call, *about))
        record.add(CallReturned(at + 500_000, "client", "client", call, "None", "", 65160, CLIENT, SERVER))


def make(folder: Path, count: int) -> Path:
    """The saved record."""
    log = folder / "log"
    write_log(log, count)
    with log.open("rb") as file:
        record = Record(RecordMeta(TWO, rules=("rule 1 of wire.toml",)), file.fileno(), cap=1 << 40)
    timed("read the wire's log", record.refresh)
    timed("find connections", record.flows.refresh)
    add_calls(record, count)
    timed("save", lambda: save(record, folder / "run.netlab"))
    log.unlink()
    return folder / "run.netlab"


def timed(what: str, work: Callable[[], object]) -> None:
    """Prints how long it took, and how much of that was the processor's."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    tell(what, time.perf_counter() - wall, time.process_time() - processor)


def tell(what: str, *seconds: float) -> None:
    """One line."""
    print(f"{what:<44}" + "".join(f"{value * 1000:>11,.1f} ms" for value in seconds))


def look(path: Path) -> None:
    """In a process of its own: open, lay out, page."""
    records: list[Record] = []
    timed("open", lambda: records.append(open_record(path)))
    for cells in (160, 80):
        ladders: list[Ladder] = []
        timed(f"lay out at {cells} cells", lambda: ladders.append(Ladder(records[0], cells)))  # noqa: B023 - called at once
        garbage.keep_what_is_there()  # as the workbench does when a record is shown
        turn_pages(ladders[0])
    timed("lay out one protocol", lambda: Ladder(records[0], 160, LadderFilter(protocol="tcp")))
    print(f"{'memory':<44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>11,.1f} MB")


def turn_pages(ladder: Ladder) -> None:
    """To 200 places picked at random; the median and the slowest, wall clock and processor each."""
    places = random.Random(1)
    took = [page(ladder, places.randrange(len(ladder))) for _ in range(200)]
    walls, processors = sorted(wall for wall, _ in took), sorted(processor for _, processor in took)
    tell(f"  {PAGE} of {len(ladder):,} rows: median", walls[100], processors[100])
    tell("    the slowest of 200", walls[-1], processors[-1])


def page(ladder: Ladder, start: int) -> tuple[float, float]:
    """Seconds for the rows from there on."""
    wall, processor = time.perf_counter(), time.process_time()
    ladder.rows(start, start + PAGE)
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    if sys.argv[1:2] == ["look"]:
        look(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), count)
        print(f"{'size on disk':<44}{path.stat().st_size / 1e6:>10,.1f} MB")
        subprocess.run([sys.executable, "-m", "tests.benchmarks.records", "look", str(path)], check=True)


if __name__ == "__main__":
    main()
