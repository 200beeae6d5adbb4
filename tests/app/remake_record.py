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
from netlab.session.scene import scene_by_hand
from netlab.stage.scene import play
from netlab.stage.stage import Stage

RECORD = Path(__file__).parent / "data" / "chat.netlab"
HANDLED = RECORD.with_name("hands.netlab")


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


async def remake_handled() -> None:
    """A run with hands on its wire: a drop, a hold, and two frames that are let go."""
    lab = load_course().find("chat-server")
    by_hand = scene_by_hand(lab)
    async with Stage.open(lab, lab.solution_folder, capability=probe(), scene=by_hand.id) as stage:
        await play(stage, by_hand)
        record, wire = stage.recording.record, stage.network.wire
        assert wire is not None
        await stage.until(lambda: record.refresh() or len(record.frames) >= 3, 10, look_every=0.01)
        await wire.freeze()
        stage.programs[1].program.type(b"hello\n")
        first, second, *_ = await wire.until_queued(4)
        for handle in (wire.drop(first), wire.hold(second), wire.step(), wire.release(), wire.thaw()):
            await asyncio.sleep(0.05)  # as long as a very quick finger needs
            await handle
        await stage.until(lambda: stage.programs[0].program.transcript.shows("hello"), 10)
    record.refresh()
    _normalise(record)
    save(record, HANDLED)
    record.close()


def _normalise(record: Record) -> None:
    record.meta = replace(record.meta, started_at=0, netlab="0", python="3")
    record.events[:] = [_without_pid(event) for event in record.events]


def _without_pid(event: Event) -> Event:
    return replace(event, pid=1) if isinstance(event, ProgramStarted) else event


def main() -> None:
    """Enters namespaces of its own first."""
    if not is_inside() and probe().private:
        again = inside_command([sys.executable, "-m", "tests.app.remake_record", *sys.argv[1:]])
        os.execvp(again[0], again)
    asyncio.run(_remake(sys.argv[1:]))


async def _remake(names: list[str]) -> None:
    """Both, or those that are named: `chat`, `hands`."""
    for name, make in (("chat", remake), ("hands", remake_handled)):
        if name in names or not names:
            await make()


if __name__ == "__main__":
    main()
