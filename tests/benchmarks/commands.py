"""How long commands take, beside a bare Python: `uv run python tests/benchmarks/commands.py`.

Rounds alternate, so that both meet the same machine; figures are medians. The aims: `netlab labs --json` at most 6
times `python -c pass`; `netlab check chat-server` on the solution at most 4 s.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from netlab.courseware.course import load_course

ROUNDS = 31


def seconds(*command: str) -> float:
    """From start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """A learner's: compiled files are kept, so that only the first start compiles."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"NETLAB_DATA": FOLDER.name, "PYTHONPYCACHEPREFIX": f"{FOLDER.name}/compiled"}


FOLDER = tempfile.TemporaryDirectory(prefix="netlab-benchmark-")


def main() -> None:
    netlab = str(Path(sys.executable).with_name("netlab"))
    bare, labs = (sys.executable, "-c", "pass"), (netlab, "labs", "--json")
    pairs = [(seconds(*bare), seconds(*labs)) for _ in range(ROUNDS + 1)][1:]
    python, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"python -c pass      {python * 1e3:7.1f} ms")
    print(f"netlab labs --json  {ours * 1e3:7.1f} ms   {ours / python:.1f} times as long")
    solution = load_course().find("chat-server").solution_folder
    checks = [seconds(netlab, "check", "chat-server", "--dir", str(solution)) for _ in range(5)]
    print(f"netlab check chat-server, on the solution  {statistics.median(checks):.2f} s")


if __name__ == "__main__":
    main()
