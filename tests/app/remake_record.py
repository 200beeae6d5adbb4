"""Makes the saved record of the snapshot tests anew, from a real run: `python -m tests.app.remake_record`.

Plays the chat server's first scene with the lab's own solution on a private network. What differs from
run to run (ports, times) is as it was in the one run that is saved, so that the pictures never change by themselves.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from netlab.courseware.course import load_course
from netlab.network.entering import inside_command, is_inside, probe
from netlab.record.events import Event, ProgramStarted
from netlab.record.record import Record
from netlab.record.saving import save
from netlab.stage.scene import play
from netlab.stage.stage import Stage

RECORD = Path(__file__).parent / "data" / "chat.netlab"


async def remake() -> None:
    """Plays the scene and saves what was recorded."""
    lab = load_course().find("chat-server")
    async with Stage.open(lab, lab.solution_folder, capability=probe(), scene=lab.scenes[0].id) as stage:
        await play(stage, lab.scenes[0])
        record = stage.recording.record
    record.refresh()
    _normalise(record)
    RECORD.parent.mkdir(exist_ok=True)
    save(record, RECORD)
    record.close()


def _normalise(record: Record) -> None:
    record.meta = replace(record.meta, started_at=0, netlab="0", python="3")
    record.events[:] = [_without_pid(event) for event in record.events]


def _without_pid(event: Event) -> Event:
    return replace(event, pid=1) if isinstance(event, ProgramStarted) else event


def main() -> None:
    """Enters namespaces of its own first."""
    if not is_inside() and probe().private:
        again = inside_command([sys.executable, "-m", "tests.app.remake_record"])
        os.execvp(again[0], again)
    asyncio.run(remake())


if __name__ == "__main__":
    main()
